"""elf.py - sections, symbols and relocations of an ELF object, of every
architecture, class and byte order."""

import collections
import struct

Section = collections.namedtuple("Section", "index name type flags link info align data")
Symbol = collections.namedtuple("Symbol", "name value size type section")
Relocation = collections.namedtuple("Relocation", "offset types symbol addend")

SHT_SYMTAB, SHT_RELA, SHT_NOBITS, SHT_REL = 2, 4, 8, 9
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR = 1, 2, 4
SHF_LINK_ORDER, SHF_GROUP, SHF_GNU_RETAIN = 0x80, 0x200, 0x200000
STT_FUNC, STT_SECTION = 2, 3
EM_MIPS, EM_ARM = 8, 40


def text(data, at):
    return data[at : data.index(b"\0", at)].decode()


class Object:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.bytes = file.read()
        assert self.bytes[:4] == b"\x7fELF", path
        self.wide = self.bytes[4] == 2
        self.order = "<" if self.bytes[5] == 1 else ">"
        self.machine = self.unpack("H", self.bytes, 18)[0]
        self.address_bytes = 8 if self.wide else 4
        self.sections = self.read_sections()
        self.symbols = next((self.read_symbols(s) for s in self.sections if s.type == SHT_SYMTAB), [])

    def unpack(self, layout, data, at):
        return struct.unpack_from(self.order + layout, data, at)

    def read_sections(self):
        start, = self.unpack("Q", self.bytes, 40) if self.wide else self.unpack("I", self.bytes, 32)
        size, count, names = self.unpack("HHH", self.bytes, 58 if self.wide else 46)
        heads = [self.unpack("IIQQQQIIQQ" if self.wide else "10I", self.bytes, start + size * i)
                 for i in range(count)]
        strings = self.bytes[heads[names][4] :]
        return [Section(i, text(strings, h[0]), h[1], h[2], h[6], h[7], h[8],
                        b"" if h[1] == SHT_NOBITS else self.bytes[h[4] : h[4] + h[5]])
                for i, h in enumerate(heads)]

    def read_symbols(self, table):
        strings = self.sections[table.link].data
        symbols = []
        for at in range(0, len(table.data), 24 if self.wide else 16):
            if self.wide:
                name, info, _, section, value, size = self.unpack("IBBHQQ", table.data, at)
            else:
                name, value, size, info, _, section = self.unpack("IIIBBH", table.data, at)
            kind = info & 15
            label = self.sections[section].name if kind == STT_SECTION else text(strings, name)
            symbols.append(Symbol(label, value, size, kind, section))
        return symbols

    def relocations(self, section):
        """Those that apply to `section`, by offset. The addend is None where the
        section's bytes hold it."""
        found = []
        for table in self.sections:
            if table.type not in (SHT_REL, SHT_RELA) or table.info != section.index:
                continue
            layout = ("QQ" if self.wide else "II") + ("" if table.type == SHT_REL else "qi"[not self.wide])
            for at in range(0, len(table.data), struct.calcsize(self.order + layout)):
                offset, info, *addend = self.unpack(layout, table.data, at)
                symbol, types = self.relocation_info(table, at, info)
                found.append(Relocation(offset, types, self.symbols[symbol], addend[0] if addend else None))
        return sorted(found, key=lambda r: r.offset)

    def relocation_info(self, table, at, info):
        if not self.wide:
            return info >> 8, (info & 255,)
        if self.machine == EM_MIPS:  # one symbol, and three types in a row
            symbol, _, third, second, first = self.unpack("IBBBB", table.data, at + 8)
            return symbol, tuple(t for t in (first, second, third) if t)
        return info >> 32, (info & 0xFFFFFFFF,)
