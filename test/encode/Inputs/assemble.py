"""Assembles each target's texts at every place where code may be, and compares
with what the run time writes there. Usage: assemble.py PROGRAM"""

import json
import os
import subprocess
import sys
import tempfile

program = sys.argv[1]
distance_bytes = 0x1000


def run(*command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return done.stdout


def source(row, starts):
    """Sites at each start, in both states, to targets on both sides."""
    lines = [".text", "behind:", f".space {distance_bytes}"]
    for start in starts:
        for state, target in (
            ("nop", "ahead"),
            ("jump", "ahead"),
            ("jump", "behind"),
        ):
            text = row[state].replace("$L", target)
            lines += [".p2align 4", f".space {start}", row["align"]]
            lines += [f"site_{start}_{state}_{target}:", text]
    return "\n".join(lines + [".p2align 4", f".space {distance_bytes}", "ahead:", ""])


def assemble(row, starts, folder):
    """Addresses of symbols, and the code."""
    objects = os.path.join(folder, "object")
    code = os.path.join(folder, "code")
    run(
        "llvm-mc",
        "--filetype=obj",
        f"--triple={row['triple']}",
        f"--mattr={row['features']}",
        "-o",
        objects,
        text=source(row, starts),
    )
    left = run("llvm-readobj", "--relocations", objects)
    if " R_" in left:
        sys.exit(f"{row['triple']}: the assembler leaves a site to the linker: {left}")
    symbols = {}
    for line in run("llvm-nm", objects).splitlines():
        address, _, name = line.split()
        symbols[name] = int(address, 16)
    run("llvm-objcopy", "-O", "binary", "--only-section=.text", objects, code)
    with open(code, "rb") as file:
        return symbols, file.read()


def code_unit_bytes(row):
    """Where instructions may be. That the row aligns its sites enough is what
    is tested."""
    architecture = row["architectures"][0]
    if architecture in ("x86_64", "i386"):
        return 1
    # Xtensa's may be anywhere, too, but nothing can be put between them: its
    # sites are not aligned, and those that cross a word are refused.
    if architecture in ("thumb2", "s390x", "m68k") or "+c" in row["features"]:
        return 2
    return 4


def check(row, folder):
    """The number of sites compared."""
    starts = range(0, 16, code_unit_bytes(row))
    symbols, code = assemble(row, starts, folder)
    sites = [name for name in symbols if name.startswith("site_")]
    questions = []
    for site in sites:
        _, _, state, target = site.split("_")
        for name in row["architectures"]:
            questions.append(f"{name} {symbols[site]:x} {symbols[target]:x} {state}\n")
    answers = iter(run(program, text="".join(questions)).splitlines())
    for site in sites:
        encoded = [next(answers) for _ in row["architectures"]]
        found = code[symbols[site] :][: len(encoded[0]) // 2].hex()
        if found not in encoded:
            sys.exit(f"{row['triple']}: {site}: assembled {found}, encoded {encoded}")
    return len(sites)


with tempfile.TemporaryDirectory() as folder:
    for line in run(program, "triples").splitlines():
        row = json.loads(line)
        count = check(row, folder)
        name = row["architectures"][0]
        print(f"{name} ({row['triple']}): {count} sites as assembled")
