//===- process.cpp - What one process image recorded ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "process.h"
#include "../elf_image.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <map>

using namespace llvm;

namespace trace::recording {
namespace {

/// Of descriptors; a gigabyte would be millions of events.
constexpr uint64_t EventsBytesMax = 1u << 30;

Expected<trace_process> decodeHead(ArrayRef<uint8_t> Bytes, ByteOrder &Order) {
  if (Bytes.size() < sizeof(trace_process))
    return failure("cut off");
  auto Magic = loadNumber<uint32_t>(Bytes.data(), ByteOrder::Native);
  std::optional<ByteOrder> Own = byteOrderOf(Magic, TRACE_PROCESS_MAGIC);
  if (!Own)
    return failure("not a process's file");
  auto Head = loadStruct<trace_process>(Bytes, *Own);
  if (Head.version != TRACE_RECORDING_VERSION)
    return failure("recording version " + Twine(Head.version) +
                   "; this tracepoint reads version " +
                   Twine(TRACE_RECORDING_VERSION));
  if (Head.layout != TRACE_LAYOUT_VERSION)
    return failure("layout version " + Twine(Head.layout) +
                   "; this tracepoint reads version " +
                   Twine(TRACE_LAYOUT_VERSION));
  Order = *Own;
  return Head;
}

/// A report that begins with the file's name.
Report about(std::string Path, const Report &Damaged) {
  return [Path = std::move(Path), &Damaged](const Twine &Text) {
    Damaged(Path + ": " + Text);
  };
}

void readHead(Process &P, const Report &Damaged) {
  const std::string Path = P.Path + "/process";
  Expected<Bytes> Data = readFile(Path, TRACE_PROCESS_BYTES);
  if (!Data)
    return Damaged(toString(Data.takeError()));
  if (isUnmade(*Data))
    return;
  Expected<trace_process> Head = decodeHead(*Data, P.Order);
  if (!Head)
    return Damaged(Path + ": " + toString(Head.takeError()));
  P.Head = *Head;
}

void readEvents(Process &P, unsigned &EventCount, const Report &Damaged) {
  const std::string Path = P.Path + "/events";
  Expected<Bytes> Data = readFile(Path, EventsBytesMax);
  if (!Data)
    return Damaged(toString(Data.takeError()));
  P.Known.decode(*Data, P.Order, EventCount, about(Path, Damaged));
}

std::optional<uint32_t> number(StringRef Text) {
  uint32_t Number;
  if (!Text.getAsInteger(10, Number) && std::to_string(Number) == Text)
    return Number;
  return std::nullopt;
}

/// What there is of a ring.
struct Parts {
  bool Ring = false;
  Stream::Names Names;
};

/// Calls `Visit` with the name of each entry.
template <class Visitor>
void forEachName(const std::string &Folder, const Report &Damaged,
                 Visitor Visit) {
  std::error_code Error;
  for (sys::fs::directory_iterator I(Folder, Error), End; !Error && I != End;
       I.increment(Error))
    Visit(sys::path::filename(I->path()));
  if (Error)
    Damaged(Folder + ": " + Error.message());
}

std::map<uint32_t, Parts> findParts(const Process &P, const Report &Damaged) {
  std::map<uint32_t, Parts> Found;
  forEachName(P.Path, Damaged, [&](StringRef Name) {
    if (Name.consume_front("ring-"))
      if (std::optional<uint32_t> Ring = number(Name))
        Found[*Ring].Ring = true;
  });
  forEachName(P.Path + "/ctf", Damaged, [&](StringRef Name) {
    Name.consume_front("."); // it was being cut
    if (!Name.consume_front("stream-"))
      return;
    auto [RingText, NumberText] = Name.split('.');
    std::optional<uint32_t> Ring = number(RingText);
    std::optional<uint32_t> Number = number(NumberText);
    if (!Ring || (!Number && RingText.size() != Name.size()))
      return;
    Found[*Ring].Names.Numbers.push_back(Number.value_or(0));
  });
  return Found;
}

} // namespace

std::unique_ptr<Process> openProcess(std::string Path, unsigned Index,
                                     ByteOrder Order, unsigned &EventCount,
                                     const Report &Damaged) {
  auto P = std::make_unique<Process>();
  P->Name = sys::path::filename(Path).str();
  P->Path = std::move(Path);
  P->Index = Index;
  P->Order = Order;
  readHead(*P, Damaged);

  // The rings first, then the events: an event is there before its records.
  std::map<uint32_t, Parts> Found = findParts(*P, Damaged);
  std::map<uint32_t, std::vector<Packet>> Newest;
  for (auto &[Number, Part] : Found) {
    if (!Part.Ring)
      continue;
    const std::string Ring = P->Path + "/ring-" + std::to_string(Number);
    Expected<File> Opened = File::open(Ring);
    if (Opened)
      Newest[Number] = readRing(*Opened, P->Order, about(Ring, Damaged));
    else
      Damaged(toString(Opened.takeError()));
  }
  readEvents(*P, EventCount, Damaged);
  for (auto &[Number, Part] : Found) {
    Part.Names.Folder = P->Path + "/ctf";
    Part.Names.Ring = Number;
    Stream Appended(std::move(Part.Names), P->Order, Damaged);
    P->Rings.push_back(std::make_unique<RingRecords>(
        *P, std::move(Appended), std::move(Newest[Number]),
        about(P->Path + "/ring-" + std::to_string(Number), Damaged)));
  }
  return P;
}

bool isProcess(StringRef Path) {
  return sys::fs::exists(Path + "/process") ||
         sys::fs::exists(Path + "/events");
}

} // namespace trace::recording
