"""uprobe.py SYSTEM:NAME IMAGE COMMAND [ARGUMENT...]

Puts a uprobe on each of the USDT notes of that name in the file IMAGE, with the
arguments that the note describes, runs COMMAND, and prints each hit:

    hit: 1 2 3

Only for x86-64, as root, with tracefs at /sys/kernel/tracing."""

import os
import re
import subprocess
import sys

tracefs = "/sys/kernel/tracing"
name, image, *command = sys.argv[1:]
provider, event = name.split(":")
group = f"tracepoint_test_{os.getpid()}"
registers = {
    r: long
    for long, short in {
        "ax": "eax rax al", "bx": "ebx rbx bl", "cx": "ecx rcx cl", "dx": "edx rdx dl",
        "si": "esi rsi sil", "di": "edi rdi dil", "bp": "ebp rbp bpl", "sp": "rsp",
        **{f"r{n}": f"r{n}d r{n}w r{n}b" for n in range(8, 16)},
    }.items()
    for r in (long, *short.split())
}


def readelf(option):
    return subprocess.run(
        ["readelf", option, image], capture_output=True, text=True, check=True
    ).stdout


def fetch(argument):
    """The kernel's words for an argument of a note (trace/uprobetracer.rst)."""
    size, operand = argument.split("@")
    kind = f"{'s' if size[0] == '-' else 'u'}{abs(int(size)) * 8}"
    if memory := re.fullmatch(r"(-?\d*)\(%(\w+)\)", operand):
        return f"+{memory[1] or 0}(%{registers[memory[2]]}):{kind}".replace("+-", "-")
    if operand[0] == "$":
        return f"\\{operand[1:]}:{kind}"
    return f"%{registers[operand[1:]]}:{kind}"


def file_offset(address):
    for offset, start, size in re.findall(
        r"LOAD +(0x[0-9a-f]+) (0x[0-9a-f]+) 0x[0-9a-f]+ (0x[0-9a-f]+)", readelf("-lW")
    ):
        if int(start, 16) <= address < int(start, 16) + int(size, 16):
            return address - int(start, 16) + int(offset, 16)
    sys.exit(f"{address:#x} lies in no segment")


def write(file, text):
    """Appends. Not by open(mode="a"), which seeks to the end: tracefs has none."""
    out = os.open(f"{tracefs}/{file}", os.O_WRONLY | os.O_APPEND)
    try:
        os.write(out, text.encode())
    finally:
        os.close(out)


probes = []
for found in re.finditer(
    rf"Provider: {provider}\n +Name: {event}\n"
    r" +Location: (\w+), Base: \w+, Semaphore: \w+\n +Arguments: (.*)",
    readelf("-nW"),
):
    arguments = " ".join(f"a{i}={fetch(a)}" for i, a in enumerate(found[2].split()))
    offset = file_offset(int(found[1], 16))
    probes.append(f"p:{group}/p{len(probes)} {os.path.realpath(image)}:{offset:#x} {arguments}\n")
if not probes:
    sys.exit(f"{image} has no note of {name}")

instance = f"instances/{group}"
os.mkdir(f"{tracefs}/{instance}")
made = []
try:
    for i, probe in enumerate(probes):
        write("uprobe_events", probe)
        made.append(f"-:{group}/p{i}\n")
    write(f"{instance}/events/{group}/enable", "1")
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    write(f"{instance}/events/{group}/enable", "0")
    with open(f"{tracefs}/{instance}/trace") as trace:
        for line in trace:
            if not line.startswith("#"):
                print("hit:", *re.findall(r" a\d+=(\S+)", line))
finally:
    os.rmdir(f"{tracefs}/{instance}")
    for probe in made:
        write("uprobe_events", probe)
