"""objects.py - what must be alike in two objects: bytes, flags, alignment and
relocations of each section."""

import elf

# Tables of names, symbols that the linker may fold, and a hash of them all.
UNCOMPARED = {".strtab", ".symtab", ".shstrtab", ".llvm_addrsig", ".comment",
              ".note.gnu.build-id", ""}


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
        # Debug information tells Linux's own function from a declaration.
        if section.name.startswith(".debug_"):
            continue
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
