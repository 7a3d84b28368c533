"""sites.py OBJDUMP FOLDER CLANG... TARGET [--gnu-as]: compiles sites.c for TARGET
at -O0 and -O2, position-independent and not, and checks each site in the object:
its instruction, its entry, the entry's section and relocations. With --gnu-as the
assembler is GNU's."""

import pathlib
import re
import subprocess
import sys

import elf
from targets import TARGETS

HERE = pathlib.Path(__file__).resolve().parent

# function: its site's first instruction, bits of its key, key, index of the
# key in a table of them, what the other side of the branch calls
SITES = {
    "event": ("nop", 0, "__trace_key_", 0, None),
    "unlikely_false": ("nop", 0, "off_key", 0, "on"),
    "likely_true": ("nop", 1, "on_key", 0, "off"),
    "unlikely_true": ("jump", 0, "on_key", 0, "on"),
    "likely_false": ("jump", 1, "off_key", 0, "off"),
    "inlined": ("nop", 1, "keys", 1, "on"),
    "inlined_jump": ("jump", 0, "keys", 1, "on"),
}
KEY_BYTES = 8


def check(condition, message):
    if not condition:
        sys.exit(f"FAILED: {message}")


def run(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    check(done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stderr}")
    return done.stdout


def compile_sites(target, clang, flags, output, gnu):
    command = [*clang, f"--target={target.triple}", *target.flags, *flags, "-ffreestanding",
               "-Wno-option-ignored", HERE / "sites.c"]
    output.unlink(missing_ok=True)
    if not gnu:
        run([*command, "-c", "-o", output])
        return
    assembly = output.with_suffix(".s")
    run([*command, *target.assembly_flags, "-fno-integrated-as", "-S", "-o", assembly])
    pic = ["-KPIC"] if "mips" in target.triple and "-fPIC" in flags else []
    run([*target.assembler.split(), *pic, assembly, "-o", output])


def disassembly(objdump, file):
    """{section: {address: instruction}}"""
    sections, current = {}, None
    for line in run([objdump, "-dz", "--no-show-raw-insn", "--no-print-imm-hex", file]).splitlines():
        if heading := re.fullmatch(r"Disassembly of section (.+):", line):
            current = sections.setdefault(heading[1], {})
        elif instruction := re.match(r"\s*([0-9a-f]+):\s+(.+)", line):
            current[int(instruction[1], 16)] = " ".join(re.split(r"[<@]", instruction[2])[0].split())
    return sections


class Place:
    """Where a relocation leads: a section, an offset in it."""

    def __init__(self, section, offset):
        self.section, self.offset = section, offset

    def __eq__(self, other):
        return (self.section, self.offset) == (other.section, other.offset)

    def __repr__(self):
        return f"section {self.section} + {self.offset:#x}"


def place_of(relocation, addend):
    symbol = relocation.symbol
    return Place(symbol.section, symbol.value + addend)


def self_relative(obj, section, relocations, at, size, types):
    """What the self-relative field at `at` leads to, by relocations of `types`."""
    here = [r for r in relocations if r.offset == at]
    check(tuple(t for r in here for t in r.types) == types,
          f"{section.name}+{at:#x}: relocations {here} are not of types {types}")
    if len(here) == 2:  # symbol - symbol
        check(place_of(here[1], here[1].addend) == Place(section.index, at), f"{here[1]} does not count from itself")
    addend = here[0].addend
    if addend is None:
        addend = int.from_bytes(section.data[at : at + size], "little" if obj.order == "<" else "big", signed=True)
    return place_of(here[0], addend)


def entries(obj, target):
    """(code, target, key) of each entry, as places."""
    size = 8 + obj.address_bytes
    for table in obj.sections:
        if table.name != "__jump_table":
            continue
        check(table.align == obj.address_bytes and len(table.data) % size == 0, f"alignment and size of {table}")
        if not table.data:
            continue
        check(table.type == 1 and table.flags == elf.SHF_ALLOC | elf.SHF_LINK_ORDER, f"flags of {table}")
        relocations = obj.relocations(table)
        for at in range(0, len(table.data), size):
            wide = target.relative_wide or target.relative
            places = [self_relative(obj, table, relocations, at + offset, bytes_, types)
                      for offset, bytes_, types in ((0, 4, target.relative), (4, 4, target.relative),
                                                    (8, obj.address_bytes, wide))]
            check(places[0].section == table.link, f"{table} is linked to another section than its code's")
            yield places


def function_starts(obj):
    """(name, place, size) of each function."""
    for symbol in obj.symbols:
        if symbol.type != elf.STT_FUNC or not symbol.section:
            continue
        section, start = obj.sections[symbol.section], symbol.value
        if section.name == ".opd":  # 64-bit PowerPC, ELFv1: a function's descriptor
            code = next(r for r in obj.relocations(section) if r.offset == symbol.value)
            yield symbol.name, place_of(code, code.addend), symbol.size
        else:  # bit 0: Thumb
            yield symbol.name, Place(symbol.section, start & ~(obj.machine == elf.EM_ARM)), symbol.size


def function_at(obj, place):
    return next((name for name, start, size in function_starts(obj)
                 if start.section == place.section and 0 <= place.offset - start.offset < size), None)


def jump_target(obj, target, code, text):
    """Where the jump at `code` leads."""
    operand = re.search(r"(-?)(0x|\$)?([0-9a-f]+)(?: \})?$", text)
    check(operand, f"no target in {text!r}")
    value = int(operand[3], 16 if target.hexadecimal else 10) * (-1 if operand[1] else 1)
    if target.words and not operand[2]:
        value = code.offset + 4 * value
    elif target.relative_to is not None:
        value += code.offset + target.relative_to
    for relocation in obj.relocations(obj.sections[code.section]):
        if 0 <= relocation.offset - code.offset < target.site_bytes and any(relocation.types):
            inside = value - code.offset  # the addend, where the instruction has it
            return place_of(relocation, inside if relocation.addend is None else relocation.addend)
    return Place(code.section, value)


def aligned_by_linker(obj, target, code):
    """R_RISCV_ALIGN: what stands there may be shortened."""
    return any(r.types == (target.align_relocation,) and r.offset + r.addend == code.offset
               for r in obj.relocations(obj.sections[code.section]))


def check_instruction(obj, target, name, form, places, text):
    code, other, _ = places
    if form == "nop":
        data = obj.sections[code.section].data[code.offset : code.offset + len(target.nop_bytes)]
        check(data == target.nop_bytes, f"{name}: {data.hex()} is not the nop {target.nop_bytes.hex()}")
        check(any(text.startswith(nop) for nop in target.nop.split("|")), f"{name}: {text!r} is not {target.nop!r}")
    else:
        check(re.match(re.escape(target.jump) + r"\s", text), f"{name}: {text!r} is not {target.jump!r}")
    if form == "jump" or target.nop_has_target:
        found = jump_target(obj, target, code, text)
        check(found == other, f"{name}: {text!r} leads to {found}, the entry to {other}")
    check(code.offset % target.align == 0 or aligned_by_linker(obj, target, code),
          f"{name}: {code} is not {target.align}-byte aligned")
    if target.align == 1 and target.site_bytes == 5:
        check(code.offset % 8 != 7, f"{name}: the first two bytes straddle two words at {code}")


def check_other_side(obj, name, place, callee):
    """What the code from `place` on calls first."""
    calls = [r.symbol.name for r in obj.relocations(obj.sections[place.section])
             if r.offset >= place.offset and r.symbol.name in ("on", "off")]
    check(calls and calls[0] == callee, f"{name}: the branch leads to {calls}, not {callee}")


def check_object(target, file, objdump, optimised):
    obj = elf.Object(file)
    text = disassembly(objdump, file)
    found = {}
    for places in entries(obj, target):
        name = function_at(obj, places[0])
        check(name in SITES, f"an entry's code is in {name}")
        check(name not in found, f"{name} has two sites")
        found[name] = places
    check(found.keys() == SITES.keys(), f"no site in {SITES.keys() - found.keys()}")
    for name, (form, bits, key, index, callee) in SITES.items():
        code, other, address = found[name]
        check_instruction(obj, target, name, form, found[name], text[obj.sections[code.section].name][code.offset])
        check(function_at(obj, other) == name and other != code, f"{name}: the other side is at {other}")
        symbol = next(s for s in obj.symbols if s.name.startswith(key))
        expected = Place(symbol.section, symbol.value + index * KEY_BYTES + bits)
        check(address == expected, f"{name}: the key is {address}, not {expected}")
        if optimised and callee and not target.literals:
            check_other_side(obj, name, other, callee)


def main(objdump, folder, *words):
    gnu = words[-1] == "--gnu-as"
    *clang, name = words[:-1] if gnu else words
    target, folder = TARGETS[name], pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for level in ("-O0", "-O2"):
        for position in ("-fno-pic", "-fPIC") if target.pic else ("-fno-pic",):
            file = folder / f"{level}{position}.o"
            compile_sites(target, clang, [level, position], file, gnu)
            check_object(target, file, objdump, level == "-O2")
            print(f"{name} {level} {position}: {len(SITES)} sites")


if __name__ == "__main__":
    main(*sys.argv[1:])
