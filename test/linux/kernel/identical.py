"""identical.py - compares a kernel with and without the plugin."""

import elf
import objects

# A hash of the file, symbol table and all.
BUILD_ID = {".notes", ".note.gnu.build-id"}


def loaded(path):
    """The sections that are loaded, as what must be alike: address and bytes."""
    vmlinux = elf.Object(path)
    sections = {s.name: (s.type, s.flags, s.data) for s in vmlinux.sections
                if s.flags & elf.SHF_ALLOC and s.type != elf.SHT_NOBITS and s.name not in BUILD_ID}
    return vmlinux, sections


def table_bytes(vmlinux):
    symbols = {s.name: s.value for s in vmlinux.symbols}
    return symbols["__stop___jump_table"] - symbols["__start___jump_table"]


def compare_vmlinux(report, plain, plugin):
    """One result for each of .text and .init.text, and one for all else."""
    theirs, expected = loaded(plain / "vmlinux")
    ours, found = loaded(plugin / "vmlinux")
    size = table_bytes(theirs)
    report(size > 0 and size == table_bytes(ours), f"identical: {size} bytes of jump table")
    for name in (".text", ".init.text"):
        report(expected[name] == found.get(name), f"identical: {name}, {len(expected[name][2])} bytes")
    different = [name for name in expected | found if expected.get(name) != found.get(name)]
    report(not different, f"identical: {len(expected)} loaded sections" +
           (f"; not {', '.join(different)}" if different else ""))


def compare_objects(report, plain, plugin, names):
    for name in names:
        expected = objects.contents(plain / name)
        difference = objects.difference(expected, objects.contents(plugin / name))
        table = sum(len(s[4]) for s in expected if s[0].endswith("__jump_table"))
        report(not difference, f"identical: {name}, {table} bytes of jump table" +
               (f"; {difference}" if difference else ""))
