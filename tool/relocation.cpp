//===- relocation.cpp - The tables of a relocatable object ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "relocation.h"
#include "trace/layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Object/RelocationResolver.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace llvm::object;

namespace trace {

SectionAddresses layOut(const ELFObjectFileBase &Object) {
  SectionAddresses Addresses;
  uint64_t Next = 0x1000; // so that no section is at 0, which means "none"
  for (const ELFSectionRef Section : Object.sections()) {
    Next = alignTo(Next, std::max<uint64_t>(Section.getAlignment().value(), 8));
    Addresses[Section.getIndex()] = Next;
    Next += Section.getSize();
  }
  return Addresses;
}

static Expected<uint64_t> addressOf(const ELFSymbolRef &Symbol,
                                    const SectionAddresses &Addresses) {
  Expected<uint64_t> Value = Symbol.getValue();
  if (!Value)
    return Value.takeError();
  Expected<section_iterator> Section = Symbol.getSection();
  if (!Section)
    return Section.takeError();
  if (*Section == Symbol.getObject()->section_end())
    return *Value;
  auto Known = Addresses.find((*Section)->getIndex());
  return *Value + (Known == Addresses.end() ? 0 : Known->second);
}

// Only these fields of the tables are addresses or distances (layout.h).
static unsigned widthAt(StringRef Table, uint64_t Offset,
                        unsigned AddressBytes) {
  if (Table == TRACE_SECTION_SITES)
    return AddressBytes;
  if (Table == TRACE_SECTION_JUMP_TABLE)
    return Offset % (8 + AddressBytes) == 8 ? AddressBytes : 4;
  return 4;
}

// Distances (symbol + addend - place) that LLVM's resolver does not know: it is
// there for debug information, which has none.
static bool isDistance(unsigned Machine, uint64_t Type) {
  // N64 packs up to three types into one relocation.
  constexpr uint64_t MipsDistance64 =
      ELF::R_MIPS_PC32 | uint64_t(ELF::R_MIPS_64) << 8;
  switch (Machine) {
  case ELF::EM_S390:
    return Type == ELF::R_390_PC32 || Type == ELF::R_390_PC64;
  case ELF::EM_MIPS:
    return Type == ELF::R_MIPS_PC32 || Type == MipsDistance64;
  case ELF::EM_LOONGARCH:
    return Type == ELF::R_LARCH_64_PCREL;
  case ELF::EM_SPARCV9:
    return Type == ELF::R_SPARC_DISP32 || Type == ELF::R_SPARC_DISP64;
  case ELF::EM_HEXAGON:
    return Type == ELF::R_HEX_32_PCREL;
  default:
    return false;
  }
}

static uint64_t load(const char *At, unsigned Width, bool LittleEndian) {
  auto Order = LittleEndian ? endianness::little : endianness::big;
  return Width == 8 ? support::endian::read64(At, Order)
                    : support::endian::read32(At, Order);
}

static void store(char *At, uint64_t Value, unsigned Width, bool LittleEndian) {
  auto Order = LittleEndian ? endianness::little : endianness::big;
  if (Width == 8)
    support::endian::write64(At, Value, Order);
  else
    support::endian::write32(At, static_cast<uint32_t>(Value), Order);
}

namespace {

class Relocator {
public:
  Relocator(const ELFObjectFileBase &Object, const SectionAddresses &Addresses)
      : Object(Object), Addresses(Addresses) {
    std::tie(Supports, Resolve) = getRelocationResolver(Object);
  }

  // Applies the relocations of `Section`, named `Name`, to its bytes.
  Error apply(const SectionRef &Section, StringRef Name, std::string &Bytes) {
    for (const SectionRef &Table : Object.sections()) {
      Expected<section_iterator> Target = Table.getRelocatedSection();
      if (!Target)
        return Target.takeError();
      if (*Target == Object.section_end() || **Target != Section)
        continue;
      for (const RelocationRef &Relocation : Table.relocations())
        if (Error E = applyOne(Relocation, Section, Name, Bytes))
          return E;
    }
    return Error::success();
  }

private:
  Error applyOne(const RelocationRef &Relocation, const SectionRef &Section,
                 StringRef Name, std::string &Bytes) {
    uint64_t Offset = Relocation.getOffset(), Type = Relocation.getType();
    unsigned Width = widthAt(Name, Offset, Object.getBytesInAddress());
    if (Offset > Bytes.size() || Width > Bytes.size() - Offset)
      return failure("section " + Name + ": a relocation at 0x" +
                     Twine::utohexstr(Offset) + " is past its end");
    if (Type == 0) // R_..._NONE on every machine
      return Error::success();
    bool Distance = isDistance(Object.getEMachine(), Type);
    if (!Distance && (!Supports || !Supports(Type))) {
      SmallString<32> TypeName;
      Relocation.getTypeName(TypeName);
      return failure("section " + Name + ": relocation " + TypeName + " at 0x" +
                     Twine::utohexstr(Offset) +
                     " is not supported; list the linked file instead");
    }
    uint64_t Symbol = 0;
    if (Relocation.getSymbol() != Object.symbol_end()) {
      auto Address = addressOf(*Relocation.getSymbol(), Addresses);
      if (!Address)
        return Address.takeError();
      Symbol = *Address;
    }
    int64_t Addend = 0;
    bool HasAddend = false;
    if (Expected<int64_t> A = ELFRelocationRef(Relocation).getAddend()) {
      Addend = *A;
      HasAddend = true;
    } else {
      consumeError(A.takeError()); // SHT_REL: the addend is in the section
    }
    char *At = Bytes.data() + Offset;
    bool Little = Object.isLittleEndian();
    uint64_t Before =
        HasAddend && !addsToContent() ? 0 : load(At, Width, Little);
    uint64_t Place = Addresses.at(Section.getIndex()) + Offset;
    uint64_t Value = Distance ? Symbol + (HasAddend ? Addend : Before) - Place
                              : Resolve(Type, Place, Symbol, Before, Addend);
    store(At, Value, Width, Little);
    return Error::success();
  }

  // RISC-V and LoongArch write a distance as a pair of relocations at one
  // place, one that adds and one that subtracts.
  bool addsToContent() const {
    return is_contained({ELF::EM_RISCV, ELF::EM_LOONGARCH},
                        Object.getEMachine());
  }

  const ELFObjectFileBase &Object;
  const SectionAddresses &Addresses;
  SupportsRelocation Supports;
  RelocationResolver Resolve;
};

} // namespace

// Object's iterators trust the sizes of these sections.
static Error checkRelocations(const ELFObjectFileBase &Object) {
  return visitElf(Object, []<class ELFT>(const ELFFile<ELFT> &File) -> Error {
    auto Sections = File.sections();
    if (!Sections)
      return Sections.takeError();
    for (const auto &Section : *Sections) {
      if (Section.sh_type == ELF::SHT_REL)
        if (auto Entries = File.rels(Section); !Entries)
          return Entries.takeError();
      if (Section.sh_type == ELF::SHT_RELA)
        if (auto Entries = File.relas(Section); !Entries)
          return Entries.takeError();
    }
    return Error::success();
  });
}

Error readRelocatable(const ELFObjectFileBase &Object,
                      const SectionAddresses &Addresses, ElfImage &Image) {
  const std::pair<const char *, std::vector<Range> *> Tables[] = {
      {TRACE_SECTION_EVENTS, &Image.Events},
      {TRACE_SECTION_JUMP_TABLE, &Image.JumpTables},
      {TRACE_SECTION_SITES, &Image.Sites}};
  if (Error E = checkRelocations(Object))
    return E;
  Relocator Relocate(Object, Addresses);
  for (const SectionRef &Section : Object.sections()) {
    Expected<StringRef> Name = Section.getName();
    if (!Name)
      return Name.takeError();
    uint64_t Address = Addresses.at(Section.getIndex());
    Expected<StringRef> Bytes = Section.getContents();
    if (!Bytes)
      return Bytes.takeError();
    if (Section.isText())
      Image.Code.push_back({Address, *Bytes});
    for (auto [TableName, Ranges] : Tables) {
      if (*Name != TableName)
        continue;
      std::string &Copy = Image.Relocated.emplace_back(Bytes->str());
      if (Error E = Relocate.apply(Section, *Name, Copy))
        return E;
      Ranges->push_back({Address, Copy});
    }
  }
  return Error::success();
}

Error readFunctions(const ELFObjectFileBase &Object,
                    const SectionAddresses &Addresses, ElfImage &Image) {
  auto Read = [&](const ELFSymbolRef &Symbol) -> Error {
    if (Symbol.getELFType() != ELF::STT_FUNC)
      return Error::success();
    Expected<section_iterator> Section = Symbol.getSection();
    if (!Section)
      return Section.takeError();
    if (*Section == Object.section_end())
      return Error::success(); // undefined
    Expected<uint64_t> Address = Object.isRelocatableObject()
                                     ? addressOf(Symbol, Addresses)
                                     : Symbol.getAddress();
    if (!Address)
      return Address.takeError();
    Expected<StringRef> Name = Symbol.getName();
    if (!Name)
      return Name.takeError();
    Image.Functions.push_back({*Address, Symbol.getSize(), Name->str()});
    return Error::success();
  };
  for (const ELFSymbolRef Symbol : Object.symbols())
    if (Error E = Read(Symbol))
      return E;
  for (const ELFSymbolRef Symbol : Object.getDynamicSymbolIterators())
    if (Error E = Read(Symbol))
      return E;
  // Aliases: the same one in every build.
  sort(Image.Functions, [](const Function &A, const Function &B) {
    return std::tie(A.Address, A.Size, B.Name) <
           std::tie(B.Address, B.Size, A.Name);
  });
  return Error::success();
}

} // namespace trace
