"""compare.py BUILD CLANG PLUGIN ARCHITECTURE: compiles branches.c with Linux's
own jump_label.h, and again with declarations that the plugin lowers. The two
objects must be the same: bytes, flags, alignment and relocations of each
section."""

import pathlib
import subprocess
import sys

import elf
import headers
from architectures import ARCHITECTURES

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = ["-O2", "-fno-pic", "-ffreestanding", "-fno-stack-protector", "-Wall", "-Werror",
         "-Wno-unused-command-line-argument"]
# Tables of names, and symbols that the linker may fold.
UNCOMPARED = {".strtab", ".symtab", ".shstrtab", ".llvm_addrsig", ".comment", ""}


def check(condition, message):
    if not condition:
        sys.exit(f"FAILED: {message}")


def run(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    check(done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stderr}")


def where(obj, symbol):
    """What a relocation's symbol is, by place: labels' names are no matter."""
    if 0 < symbol.section < len(obj.sections):
        return obj.sections[symbol.section].name, symbol.value
    return symbol.name


def contents(path):
    """Each section, as what must be alike."""
    obj = elf.Object(path)
    sections = []
    for section in obj.sections:
        if section.name in UNCOMPARED or section.type in (elf.SHT_REL, elf.SHT_RELA):
            continue
        relocations = [(r.offset, r.types, where(obj, r.symbol), r.addend) for r in obj.relocations(section)]
        sections.append((section.name, section.type, section.flags, section.align, section.data, relocations))
    return sections


def difference(theirs, ours):
    names = [[section[0] for section in sections] for sections in (theirs, ours)]
    if names[0] != names[1]:
        return f"sections: {names[0]} {names[1]}"
    for one, other in zip(theirs, ours):
        for what, a, b in zip(("name", "type", "flags", "alignment"), one, other):
            if a != b:
                return f"{one[0]}: {what} {a:#x}, not {b:#x}"
        if one[4] != other[4]:
            at = next((i for i, (a, b) in enumerate(zip(one[4], other[4])) if a != b), min(len(one[4]), len(other[4])))
            return f"{one[0]}+{at:#x}: {one[4][at:at + 16].hex()}, not {other[4][at:at + 16].hex()}"
        for a, b in zip(one[5], other[5]):
            if a != b:
                return f"{one[0]}: relocation {a}, not {b}"
        if len(one[5]) != len(other[5]):
            return f"{one[0]}: {len(one[5])} relocations, not {len(other[5])}"
    return None


def compare(name, source, folder, clang, plugin):
    architecture = ARCHITECTURES[name]
    command = [clang, *FLAGS, f"--target={architecture.triple}", *architecture.flags]
    theirs, ours = folder / f"{name}.linux.o", folder / f"{name}.plugin.o"
    run([*command, *headers.flags(source, architecture), "-c", HERE / "branches.c", "-o", theirs])
    run([*command, f"-fplugin={plugin}", "-fplugin-arg-trace-abi=linux", *architecture.plugin_flags,
         "-DDECLARED", "-c", HERE / "branches.c", "-o", ours])
    expected = contents(theirs)
    table = next((s for s in expected if s[0] == "__jump_table"), None)
    check(table and table[4] and table[2] == elf.SHF_WRITE | elf.SHF_ALLOC, f"{name}: Linux's own table is {table}")
    found = difference(expected, contents(ours))
    check(found is None, f"{name}: {found}")
    print(f"{name}: {len(table[4])} bytes of jump table, {sum(len(s[4]) for s in expected)} in all")


def main(build, clang, plugin, *names):
    folder = pathlib.Path(build)
    source = headers.fetch(folder)
    for name in names:
        compare(name, source, folder, clang, plugin)


main(*sys.argv[1:])
