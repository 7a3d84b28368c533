//===- elf_image.cpp - Where an ELF file keeps its trace points -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A linked file is read as the run time reads it in memory: the note in a
// PT_NOTE segment leads to the tables, so a file whose section headers were
// stripped away is read as well. A relocatable object has no segments; there
// the sections are found by name and relocated (relocation.cpp).
//
//===----------------------------------------------------------------------===//

#include "elf_image.h"
#include "relocation.h"
#include "trace/layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/DataExtractor.h"

using namespace llvm;
using namespace llvm::object;

namespace trace {

Error failure(const Twine &Text) {
  return createStringError(inconvertibleErrorCode(), Text);
}

Error checkLayoutVersion(uint32_t Version) {
  if (Version == TRACE_LAYOUT_VERSION)
    return Error::success();
  return failure("its trace points have layout version " + Twine(Version) +
                 ", but this tracepoint reads version " +
                 Twine(TRACE_LAYOUT_VERSION) +
                 "; use the tracepoint of the release that compiled it");
}

const Range *ElfImage::codeAt(uint64_t Address) const {
  auto Found =
      find_if(Code, [&](const Range &R) { return R.contains(Address); });
  return Found == Code.end() ? nullptr : &*Found;
}

const Function *ElfImage::functionAt(uint64_t Address) const {
  auto After =
      upper_bound(Functions, Address,
                  [](uint64_t A, const Function &F) { return A < F.Address; });
  if (After == Functions.begin())
    return nullptr;
  const Function &F = *std::prev(After);
  // Handwritten assembly often gives no size: up to the next function then.
  return F.Size == 0 || Address - F.Address < F.Size ? &F : nullptr;
}

namespace {

struct Segment {
  Range Place;
  bool Executable;
};

Expected<StringRef> bytesAt(ArrayRef<Segment> Segments, uint64_t Begin,
                            uint64_t End, const char *Table) {
  for (const Segment &S : Segments) {
    uint64_t Offset = Begin - S.Place.Address;
    if (Begin < S.Place.Address || Begin > End ||
        End - S.Place.Address > S.Place.Bytes.size())
      continue;
    return S.Place.Bytes.substr(Offset, End - Begin);
  }
  return failure(Twine(Table) + " at 0x" + Twine::utohexstr(Begin) + " to 0x" +
                 Twine::utohexstr(End) + " is not in the file");
}

template <class ELFT> class LinkedReader {
public:
  LinkedReader(const ELFFile<ELFT> &File, ElfImage &Image)
      : File(File), Image(Image) {}

  Error read() {
    auto Headers = File.program_headers();
    if (!Headers)
      return Headers.takeError();
    for (const auto &Header : *Headers)
      if (Error E = readSegment(Header))
        return E;
    for (const auto &Header : *Headers)
      if (Header.p_type == ELF::PT_NOTE)
        if (Error E = readNotes(Header))
          return E;
    return Error::success();
  }

private:
  Error readSegment(const ELFT::Phdr &Header) {
    if (Header.p_type != ELF::PT_LOAD)
      return Error::success();
    uint64_t Offset = Header.p_offset, Size = Header.p_filesz;
    if (Offset > File.getBufSize() || Size > File.getBufSize() - Offset)
      return failure("truncated: a segment ends at 0x" +
                     Twine::utohexstr(Offset + Size) + ", but the file has 0x" +
                     Twine::utohexstr(File.getBufSize()) + " bytes");
    Range Place{Header.p_vaddr,
                {reinterpret_cast<const char *>(File.base()) + Offset,
                 static_cast<size_t>(Size)}};
    bool Executable = Header.p_flags & ELF::PF_X;
    Segments.push_back({Place, Executable});
    if (Executable)
      Image.Code.push_back(Place);
    return Error::success();
  }

  Error readNotes(const ELFT::Phdr &Header) {
    Error E = Error::success();
    for (const auto &Note : File.notes(Header, E)) {
      if (Note.getName() != TRACE_NOTE_NAME)
        continue;
      if (Note.getType() == TRACE_NOTE_RUNTIME)
        Image.HasRuntime = true;
      if (Note.getType() != TRACE_NOTE_IMAGE)
        continue;
      ArrayRef<uint8_t> Bytes =
          Note.getDesc(std::max<size_t>(Header.p_align, 4));
      uint64_t Address =
          Header.p_vaddr + (Bytes.data() - File.base() - Header.p_offset);
      if (Error Bad = readDescriptor({Address, toStringRef(Bytes)}))
        return joinErrors(std::move(E), std::move(Bad));
    }
    return E;
  }

  // The members of trace_note from `version` on.
  Error readDescriptor(Range Note) {
    DataExtractor Data(Note.Bytes, Image.LittleEndian, Image.AddressBytes);
    DataExtractor::Cursor C(0);
    uint32_t Version = Data.getU32(C);
    if (!C)
      return joinErrors(failure("damaged note " TRACE_SECTION_NOTE),
                        C.takeError());
    if (Error E = checkLayoutVersion(Version))
      return E;
    Image.Version = Version;
    if (Error E = readTable(Note, Data, C, TRACE_SECTION_JUMP_TABLE,
                            Image.JumpTables))
      return E;
    return readTable(Note, Data, C, TRACE_SECTION_EVENTS, Image.Events);
  }

  // Two self-relative offsets: where the table begins and where it ends.
  Error readTable(Range Note, DataExtractor Data, DataExtractor::Cursor &C,
                  const char *Table, std::vector<Range> &Tables) {
    auto Relative = [&]() -> uint64_t {
      uint64_t Member = Note.Address + C.tell();
      int32_t Offset = static_cast<int32_t>(Data.getU32(C));
      if (Offset == 0)
        return 0;
      uint64_t Address = Member + Offset;
      return Image.AddressBytes == 4 ? uint32_t(Address) : Address;
    };
    uint64_t Begin = Relative(), End = Relative();
    if (!C)
      return joinErrors(failure("damaged note " TRACE_SECTION_NOTE),
                        C.takeError());
    if (Begin == End)
      return Error::success();
    Expected<StringRef> Bytes = bytesAt(Segments, Begin, End, Table);
    if (!Bytes)
      return Bytes.takeError();
    // Several notes of one image lead to the same tables.
    if (none_of(Tables, [&](const Range &R) { return R.Address == Begin; }))
      Tables.push_back({Begin, *Bytes});
    return Error::success();
  }

  const ELFFile<ELFT> &File;
  ElfImage &Image;
  std::vector<Segment> Segments;
};

Error readLinked(const ELFObjectFileBase &Object, ElfImage &Image) {
  return visitElf(Object, [&]<class ELFT>(const ELFFile<ELFT> &File) {
    return LinkedReader<ELFT>(File, Image).read();
  });
}

// .trace_sites is not in memory, so no note leads to it.
Error readSites(const ELFObjectFileBase &Object, ElfImage &Image) {
  for (const SectionRef &Section : Object.sections()) {
    Expected<StringRef> Name = Section.getName();
    if (!Name)
      return Name.takeError();
    if (*Name != TRACE_SECTION_SITES)
      continue;
    Expected<StringRef> Bytes = Section.getContents();
    if (!Bytes)
      return Bytes.takeError();
    Image.Sites.push_back({0, *Bytes});
  }
  return Error::success();
}

} // namespace

Expected<ElfImage> readElfImage(const ELFObjectFileBase &Object) {
  ElfImage Image;
  Image.LittleEndian = Object.isLittleEndian();
  Image.AddressBytes = Object.getBytesInAddress();
  Image.Relocatable = Object.isRelocatableObject();
  SectionAddresses Addresses;
  if (Image.Relocatable) {
    Addresses = layOut(Object);
    if (Error E = readRelocatable(Object, Addresses, Image))
      return E;
  } else {
    if (Error E = readLinked(Object, Image))
      return E;
    if (Error E = readSites(Object, Image))
      return E;
  }
  if (Error E = readFunctions(Object, Addresses, Image))
    return E;
  return Image;
}

} // namespace trace
