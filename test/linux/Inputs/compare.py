"""compare.py BUILD CLANG PLUGIN ARCHITECTURE: compiles branches.c with Linux's
own jump_label.h, and again with ours, whose declarations the plugin lowers. The
two objects must be the same: bytes, flags, alignment and relocations of each
section."""

import pathlib
import subprocess
import sys

import elf
import headers
import objects
from architectures import ARCHITECTURES

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = HERE.parents[2] / "include"
FLAGS = ["-O2", "-fno-pic", "-ffreestanding", "-fno-stack-protector", "-Wall", "-Werror",
         "-Wno-unused-command-line-argument"]


def check(condition, message):
    if not condition:
        sys.exit(f"FAILED: {message}")


def run(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    check(done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stderr}")


def check_without_plugin(command):
    """Each use is an error at its line."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    uses = sum(1 for line in done.stderr.splitlines()
               if ".c:" in line and "error: call to 'arch_static_branch" in line and "compile with -fplugin=" in line)
    check(done.returncode != 0 and uses > 10, f"{' '.join(map(str, command))}\n{done.stderr}")


def compare(name, source, folder, clang, plugin):
    architecture = ARCHITECTURES[name]
    command = [clang, *FLAGS, f"--target={architecture.triple}", *architecture.flags,
               *headers.flags(source, architecture), "-c", HERE / "branches.c"]
    theirs, ours = folder / f"{name}.linux.o", folder / f"{name}.plugin.o"
    declared = ["-DDECLARED", "-I", INCLUDE, "-o", ours]
    run([*command, "-o", theirs])
    run([*command, f"-fplugin={plugin}", "-fplugin-arg-trace-abi=linux", *architecture.plugin_flags, *declared])
    expected = objects.contents(theirs)
    table = next((s for s in expected if s[0] == "__jump_table"), None)
    check(table and table[4] and table[2] == elf.SHF_WRITE | elf.SHF_ALLOC, f"{name}: Linux's own table is {table}")
    found = objects.difference(expected, objects.contents(ours))
    check(found is None, f"{name}: {found}")
    check_without_plugin([*command, *declared])
    print(f"{name}: {len(table[4])} bytes of jump table, {sum(len(s[4]) for s in expected)} in all")


def main(build, clang, plugin, *names):
    folder = pathlib.Path(build)
    source = headers.fetch(folder)
    for name in names:
        compare(name, source, folder, clang, plugin)


main(*sys.argv[1:])
