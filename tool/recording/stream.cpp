//===- stream.cpp - The packets of a stream's files -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// docs/recording.md says how a file grows, what a kill may leave behind, and
// why the last packet's packet_size reaches to the file's end.
//
//===----------------------------------------------------------------------===//

#include "stream.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;

namespace trace::recording {

/// Packets begin at multiples of it: where to look on behind a damaged one.
constexpr uint64_t PageBytes = 4096;

Stream::Stream(Names Named, ByteOrder Order, Report Damaged)
    : Files(std::move(Named)), Order(Order), Damaged(std::move(Damaged)) {
  sort(Files.Numbers);
  Files.Numbers.erase(llvm::unique(Files.Numbers), Files.Numbers.end());
  for (uint32_t Number : Files.Numbers)
    addPiece(path(Number));
  if (!Pieces.empty())
    At = Pieces.front().Offset;
}

std::string Stream::path(uint32_t Number) const {
  std::string Path = Files.Folder + "/stream-" + std::to_string(Files.Ring);
  return Number ? Path + "." + std::to_string(Number) : Path;
}

Expected<File> Stream::open(const Piece &Of) const {
  Expected<File> Opened = File::open(Of.Path);
  if (Opened)
    return Opened;
  const auto [Folder, Name] = StringRef(Of.Path).rsplit('/');
  Expected<File> Hidden = File::open((Folder + "/." + Name).str());
  if (!Hidden) {
    consumeError(Hidden.takeError());
    return Opened;
  }
  consumeError(Opened.takeError());
  return Hidden;
}

void Stream::addPiece(std::string Path) {
  Piece Added = {std::move(Path), 0, 0};
  uint64_t Offset = 0;
  std::optional<trace_packet> First = findPacket(Added, Offset, true);
  if (!First)
    return;
  Added.Offset = Offset;
  Added.Sequence = First->packet_seq_num;
  Pieces.push_back(std::move(Added));
}

// The first packet at `Offset` or behind it, where it then is.
std::optional<trace_packet>
Stream::findPacket(const Piece &In, uint64_t &Offset, bool Complain) const {
  Expected<File> Opened = open(In);
  if (!Opened) {
    Damaged(toString(Opened.takeError()));
    return std::nullopt;
  }
  Bytes Data;
  while (Offset < Opened->size()) {
    Opened->read(Data, Offset, sizeof(trace_packet));
    Expected<trace_packet> Found = decodePacketHead(Data, Order);
    if (Found)
      return *Found;
    std::string Why = toString(Found.takeError());
    if (std::exchange(Complain, false))
      Damaged(In.Path + ": at 0x" + Twine::utohexstr(Offset) + ": " + Why);
    Offset = alignDown(Offset, PageBytes) + PageBytes;
  }
  return std::nullopt;
}

// False: the packet is gone, or leads nowhere.
bool Stream::stepPast() {
  // Its size has shrunk if the process has appended another meanwhile.
  Expected<File> Opened = open(Pieces[Current]);
  if (!Opened) {
    consumeError(Opened.takeError());
    return false;
  }
  Bytes Data;
  Opened->read(Data, At, sizeof(trace_packet));
  Expected<trace_packet> Now = decodePacketHead(Data, Order);
  if (!Now) {
    consumeError(Now.takeError());
    return false;
  }
  const uint64_t Size = Now->packet_size / 8, Rest = Opened->size() - At;
  At = Size < Rest ? At + Size : Opened->size();
  return true;
}

bool Stream::findNewPiece() {
  if (Files.Numbers.empty())
    return false;
  const uint32_t Number = Files.Numbers.back() + 1;
  Expected<File> Opened = File::open(path(Number));
  if (!Opened) {
    consumeError(Opened.takeError());
    return false;
  }
  Files.Numbers.push_back(Number);
  const size_t Before = Pieces.size();
  addPiece(path(Number));
  return Pieces.size() > Before;
}

// To the next packet, whatever its number. False: there is none now.
bool Stream::advance() {
  if (Pieces.empty() && !findNewPiece())
    return false;
  if (Head && !stepPast())
    At = UINT64_MAX;
  Head.reset();
  while (true) {
    if (At != UINT64_MAX)
      Head = findPacket(Pieces[Current], At, true);
    if (Head)
      return true;
    if (Current + 1 == Pieces.size() && !findNewPiece())
      return false;
    At = Pieces[++Current].Offset;
  }
}

const trace_packet *Stream::peek(uint64_t From) {
  while (!Head || Head->packet_seq_num < From) {
    const std::optional<trace_packet> Before = Head;
    if (!advance())
      return nullptr;
    if (Before && Head->packet_seq_num <= Before->packet_seq_num)
      Damaged(Pieces[Current].Path + ": at 0x" + Twine::utohexstr(At) +
              ": packet " + Twine(Head->packet_seq_num) + " follows packet " +
              Twine(Before->packet_seq_num));
  }
  return &*Head;
}

void Stream::read(Packet &Into) {
  Into.Head = *Head;
  Into.Records.clear();
  Expected<File> Opened = open(Pieces[Current]);
  if (!Opened)
    return Damaged(toString(Opened.takeError()));
  const uint64_t Count = contentBytes(*Head) - sizeof(trace_packet);
  Opened->read(Into.Records, At + sizeof(trace_packet), Count);
  if (Into.Records.size() < Count)
    Damaged(Pieces[Current].Path + ": at 0x" + Twine::utohexstr(At) +
            ": the packet is cut off");
}

} // namespace trace::recording
