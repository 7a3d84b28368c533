//===- image.cpp - The traced images of a process -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "image.h"
#include "../../runtime/descriptor.h"
#include "../elf_image.h"
#include "trace/layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <algorithm>
#include <cstring>
#include <link.h>
#include <map>

using namespace llvm;

namespace trace {
namespace {

// More is damage.
constexpr uint64_t NotesBytesMax = 1 << 20;
constexpr uint64_t TableBytesMax = 1 << 30;
constexpr unsigned HeadersMax = 1024;

struct Mapping {
  uint64_t Begin = 0, End = 0, Offset = 0;
  bool Readable = false, Executable = false;
  StringRef Name;
};

// A line: "FIRST-LAST rwxp OFFSET DEVICE INODE NAME" (proc_pid_maps(5)).
std::vector<Mapping> parseMaps(StringRef Text) {
  std::vector<Mapping> Result;
  while (!Text.empty()) {
    StringRef Line;
    std::tie(Line, Text) = Text.split('\n');
    SmallVector<StringRef, 6> Words;
    Line.split(Words, ' ', 5, true);
    Mapping M;
    if (Words.size() < 5 || Words[1].size() < 4)
      continue;
    auto [First, Last] = Words[0].split('-');
    if (First.getAsInteger(16, M.Begin) || Last.getAsInteger(16, M.End) ||
        Words[2].getAsInteger(16, M.Offset))
      continue;
    M.Readable = Words[1][0] == 'r';
    M.Executable = Words[1][2] == 'x';
    if (Words.size() > 5)
      M.Name = Words[5].trim();
    Result.push_back(M);
  }
  return Result;
}

/// Whether executable mappings cover all of it, one behind the other.
bool isExecutable(ArrayRef<Mapping> Maps, uint64_t Begin, uint64_t End) {
  for (const Mapping &M : Maps)
    if (M.Executable && M.Begin <= Begin && Begin < M.End)
      Begin = M.End;
  return Begin >= End;
}

bool isOurAbi(const ElfW(Ehdr) & Header) {
  static const ElfW(Ehdr) Own = [] {
    ElfW(Ehdr) Read = {};
    if (auto File =
            MemoryBuffer::getFileSlice("/proc/self/exe", sizeof Read, 0))
      memcpy(&Read, (*File)->getBufferStart(),
             std::min(sizeof Read, (*File)->getBufferSize()));
    return Read;
  }();
  return memcmp(Header.e_ident, Own.e_ident, EI_VERSION) == 0 &&
         Header.e_machine == Own.e_machine;
}

Error checkProgram(pid_t Pid) {
  auto File =
      MemoryBuffer::getFileSlice(procPath(Pid, "exe"), sizeof(ElfW(Ehdr)), 0);
  if (!File)
    return failure(File.getError() == std::errc::no_such_file_or_directory
                       ? "a thread of the kernel, or just ending"
                       : File.getError().message());
  ElfW(Ehdr) Header = {};
  memcpy(&Header, (*File)->getBufferStart(),
         std::min(sizeof Header, (*File)->getBufferSize()));
  if (isOurAbi(Header))
    return Error::success();
  return failure(Twine("a ") +
                 (Header.e_ident[EI_CLASS] == ELFCLASS32 ? "32" : "64") +
                 "-bit program of ELF machine " + Twine(Header.e_machine) +
                 "; this tracepoint traces programs of its own ABI only: use "
                 "one built for that");
}

/// Reads one image whose headers lie at the beginning of a mapping.
class ImageReader {
public:
  ImageReader(const ProcessMemory &Memory, ArrayRef<Mapping> Maps,
              const Mapping &First, LiveImages &Into)
      : Memory(Memory), Maps(Maps), First(First), Into(Into) {}

  /// Adds what there is; nothing where there is no image.
  void read() {
    if (Error E = readHeaders()) {
      consumeError(std::move(E));
      return;
    }
    for (const ElfW(Phdr) &Header : Headers)
      if (Header.p_type == PT_NOTE)
        if (Error E = readNotes(Header))
          Into.Refused.push_back(name() + ": " + toString(std::move(E)));
  }

private:
  std::string name() const {
    StringRef Name = First.Name;
    Name.consume_back(" (deleted)");
    return Name.empty() ? "(memory)" : Name.str();
  }

  Error readHeaders() {
    Expected<ElfW(Ehdr)> Header = Memory.read<ElfW(Ehdr)>(First.Begin);
    if (!Header)
      return Header.takeError();
    if (memcmp(Header->e_ident, ELFMAG, SELFMAG) != 0 || !isOurAbi(*Header) ||
        Header->e_phentsize != sizeof(ElfW(Phdr)) ||
        Header->e_phnum > HeadersMax)
      return failure("no image");
    Headers.resize(Header->e_phnum);
    if (Error E = Memory.read(First.Begin + Header->e_phoff, Headers.data(),
                              Headers.size() * sizeof(ElfW(Phdr))))
      return E;
    const auto Head = find_if(Headers, [](const ElfW(Phdr) & P) {
      return P.p_type == PT_LOAD && P.p_offset == 0;
    });
    if (Head == Headers.end())
      return failure("no image");
    constexpr uint64_t PageBytesLeast = 4096;
    Base = First.Begin - alignDown(Head->p_vaddr, PageBytesLeast);
    // A file that is only mapped as data has its code at no place of its own.
    for (const ElfW(Phdr) &P : Headers)
      if (P.p_type == PT_LOAD && (P.p_flags & PF_X) &&
          !isExecutable(Maps, Base + P.p_vaddr, Base + P.p_vaddr + P.p_filesz))
        return failure("not loaded");
    return Error::success();
  }

  bool contains(uint64_t Begin, uint64_t Bytes, bool Code = false) const {
    return any_of(Headers, [&](const ElfW(Phdr) & P) {
      uint64_t From = Base + P.p_vaddr;
      return P.p_type == PT_LOAD && (!Code || (P.p_flags & PF_X)) &&
             Begin >= From && Begin - From <= P.p_memsz &&
             P.p_memsz - (Begin - From) >= Bytes;
    });
  }

  Error readNotes(const ElfW(Phdr) & Segment) {
    const uint64_t Alignment = Segment.p_align == 8 ? 8 : 4;
    if (Segment.p_memsz > NotesBytesMax ||
        !contains(Base + Segment.p_vaddr, Segment.p_memsz))
      return Error::success();
    std::vector<char> Bytes(Segment.p_memsz);
    if (Error E =
            Memory.read(Base + Segment.p_vaddr, Bytes.data(), Bytes.size()))
      return E;
    for (uint64_t At = 0; At + sizeof(ElfW(Nhdr)) <= Bytes.size();) {
      ElfW(Nhdr) Head;
      memcpy(&Head, &Bytes[At], sizeof Head);
      uint64_t Size = alignTo(alignTo(sizeof Head + Head.n_namesz, Alignment) +
                                  Head.n_descsz,
                              Alignment);
      if (Size > Bytes.size() - At)
        break;
      if (Error E = readNote({&Bytes[At], Size}, Base + Segment.p_vaddr + At))
        return E;
      At += Size;
    }
    return Error::success();
  }

  Error readNote(StringRef Bytes, uint64_t Address) {
    trace_runtime_note Head = {};
    if (Bytes.size() < offsetof(trace_runtime_note, version))
      return Error::success();
    memcpy(&Head, Bytes.data(), std::min(sizeof Head, Bytes.size()));
    if (Head.name_bytes != sizeof TRACE_NOTE_NAME ||
        memcmp(Head.name, TRACE_NOTE_NAME, sizeof TRACE_NOTE_NAME) != 0)
      return Error::success();
    if (Head.type == TRACE_NOTE_RUNTIME)
      return readRuntime(Head, Address);
    if (Head.type != TRACE_NOTE_IMAGE)
      return Error::success();
    if (Error E = checkLayoutVersion(Head.version))
      return E;
    if (Bytes.size() < sizeof(trace_note))
      return failure("damaged note " TRACE_SECTION_NOTE);
    trace_note Note;
    memcpy(&Note, Bytes.data(), sizeof Note);
    return readImage(Note, Address);
  }

  Error readRuntime(const trace_runtime_note &Note, uint64_t Address) {
    LiveRuntime Found;
    Found.Name = name();
    // Before there were blocks, the note had no descriptor.
    if (Note.descriptor_bytes >= 8)
      Found.Version = Note.version;
    Found.Attach = Address + offsetof(trace_runtime_note, attach) + Note.attach;
    if (Found.Version == TRACE_ATTACH_VERSION &&
        !contains(Found.Attach, sizeof(trace_attach)))
      return failure("the note of its run-time library is damaged");
    Into.Runtimes.push_back(std::move(Found));
    return Error::success();
  }

  Error readImage(const trace_note &Note, uint64_t Address) {
    auto Follow = [&](const trace_rel32 &Member) {
      return Address +
             (reinterpret_cast<const char *>(&Member) -
              reinterpret_cast<const char *>(&Note)) +
             static_cast<int64_t>(Member);
    };
    const uint64_t Events = Follow(Note.events_begin),
                   EventsEnd = Follow(Note.events_end),
                   Entries = Follow(Note.jump_table_begin),
                   EntriesEnd = Follow(Note.jump_table_end);
    LiveImage Image;
    Image.Name = name();
    Image.Base = Base;
    Image.Record = Follow(Note.image);
    // Several notes of one image lead to the same tables.
    if (any_of(Into.Images, [&](const LiveImage &Known) {
          return Known.Record == Image.Record;
        }))
      return Error::success();
    auto IsTable = [&](uint64_t Begin, uint64_t End, uint64_t Unit) {
      return Begin <= End && End - Begin <= TableBytesMax &&
             (End - Begin) % Unit == 0 && contains(Begin, End - Begin);
    };
    if (!IsTable(Events, EventsEnd, TRACE_EVENT_ALIGN) ||
        !IsTable(Entries, EntriesEnd, sizeof(trace_jump_entry)) ||
        !contains(Image.Record, sizeof(trace_image)))
      return failure("its trace note points outside the image");
    if (Error E = readSites(Entries, EntriesEnd, Image))
      return E;
    if (Error E = readEvents(Events, EventsEnd, Image))
      return E;
    Into.Images.push_back(std::move(Image));
    return Error::success();
  }

  Error readSites(uint64_t Begin, uint64_t End, LiveImage &Image) {
    std::vector<trace_jump_entry> Entries((End - Begin) /
                                          sizeof(trace_jump_entry));
    if (Error E = Memory.read(Begin, Entries.data(), End - Begin))
      return E;
    uint64_t At = Begin;
    for (const trace_jump_entry &Entry : Entries) {
      auto Follow = [&](uint64_t Offset, int64_t Value) {
        return static_cast<uintptr_t>(At + Offset + Value);
      };
      const uint64_t Key = Follow(offsetof(trace_jump_entry, key), Entry.key);
      LiveSite Site = {Follow(offsetof(trace_jump_entry, code), Entry.code),
                       Follow(offsetof(trace_jump_entry, target), Entry.target),
                       Key & ~uint64_t(TRACE_KEY_BITS_MASK),
                       (Key & TRACE_KEY_BRANCH) != 0};
      // gold keeps the entries of code that it drops.
      if (contains(Site.Code, 1, true) && contains(Site.Target, 1, true))
        Image.Sites.push_back(Site);
      At += sizeof Entry;
    }
    sort(Image.Sites, [](const LiveSite &A, const LiveSite &B) {
      return std::tie(A.Key, A.Code) < std::tie(B.Key, B.Code);
    });
    return Error::success();
  }

  Error readEvents(uint64_t Begin, uint64_t End, LiveImage &Image) {
    const uint64_t Bytes = End - Begin;
    Image.Descriptors.resize(Bytes / sizeof(uint64_t));
    auto *Table = reinterpret_cast<char *>(Image.Descriptors.data());
    if (Error E = Memory.read(Begin, Table, Bytes))
      return E;
    ElfImage Abi;
    Abi.LittleEndian = sys::IsLittleEndianHost;
    Abi.AddressBytes = sizeof(void *);
    Expected<std::vector<Event>> Described =
        readDescriptors(Abi, {Begin, {Table, static_cast<size_t>(Bytes)}});
    if (!Described)
      return Described.takeError();
    uint64_t At = 0;
    Image.Events.reserve(Described->size());
    for (Event &Each : *Described) {
      const auto *Descriptor =
          reinterpret_cast<const trace_event *>(Table + At);
      if (const char *Defect = event_defect(Descriptor, Bytes - At))
        return failure(Defect);
      if (!contains(Each.Key, sizeof(trace_key)))
        return failure("an event's key lies outside the image");
      Image.Events.push_back(
          describe(std::move(Each), Begin + At, Descriptor, Image));
      At += Descriptor->size;
    }
    return Error::success();
  }

  static LiveEvent describe(Event Described, uint64_t Address,
                            const trace_event *Descriptor,
                            const LiveImage &Image) {
    auto First = partition_point(
        Image.Sites, [&](const LiveSite &S) { return S.Key < Described.Key; });
    auto Last = std::find_if(First, Image.Sites.end(), [&](const LiveSite &S) {
      return S.Key != Described.Key;
    });
    for (auto I = First; I != Last; ++I) {
      Site S;
      S.Address = I->Code;
      Described.Sites.push_back(S);
    }
    return {
        std::move(Described), Address, Descriptor,
        ArrayRef(Image.Sites).slice(First - Image.Sites.begin(), Last - First)};
  }

  const ProcessMemory &Memory;
  ArrayRef<Mapping> Maps;
  const Mapping &First;
  LiveImages &Into;
  std::vector<ElfW(Phdr)> Headers;
  uint64_t Base = 0;
};

} // namespace

Expected<LiveImages> readImages(pid_t Pid, const ProcessMemory &Memory) {
  if (Error E = checkProgram(Pid))
    return E;
  std::string Text = readProc(procPath(Pid, "maps"));
  if (Text.empty())
    return failure("the process has ended, or its mappings can't be read");
  std::vector<Mapping> Maps = parseMaps(Text);
  LiveImages Result;
  for (const Mapping &M : Maps)
    if (M.Offset == 0 && M.Readable && !M.Name.empty())
      ImageReader(Memory, Maps, M, Result).read();
  return Result;
}

} // namespace trace
