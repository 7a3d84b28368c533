//===- ring.cpp - The packets that are in a ring only ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ring.h"
#include "../elf_image.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace trace::recording {
namespace {

Expected<trace_ring_file> decodeHead(ArrayRef<uint8_t> Data, ByteOrder Order) {
  if (Data.size() < sizeof(trace_ring_file))
    return failure("cut off");
  auto Head = loadStruct<trace_ring_file>(Data, Order);
  if (Head.magic != TRACE_RING_MAGIC)
    return failure("not a ring");
  if (Head.version != TRACE_RECORDING_VERSION)
    return failure("recording version " + Twine(Head.version) +
                   "; this tracepoint reads version " +
                   Twine(TRACE_RECORDING_VERSION));
  if (Head.packet_bytes < TRACE_PACKET_BYTES_MIN ||
      Head.packet_bytes > TRACE_PACKET_BYTES_MAX || Head.packet_count == 0 ||
      Head.packet_count > TRACE_PACKET_COUNT_MAX)
    return failure("a ring of " + Twine(Head.packet_count) + " packets of " +
                   Twine(Head.packet_bytes) + " bytes");
  return Head;
}

struct Place {
  const File &Ring;
  ByteOrder Order;
  uint64_t At, Size;

  bool isEmpty() const {
    uint64_t Content = 0;
    auto *To = reinterpret_cast<uint8_t *>(&Content);
    return Ring.read({To, sizeof Content},
                     At + offsetof(trace_packet, content_size)) <
               sizeof Content ||
           Content == 0;
  }

  Expected<trace_packet> head() const {
    Bytes Data;
    Ring.read(Data, At, sizeof(trace_packet));
    Expected<trace_packet> Head = decodePacketHead(Data, Order);
    if (Head && contentBytes(*Head) > Size)
      return failure("a packet of " + Twine(contentBytes(*Head)) +
                     " bytes in a place of " + Twine(Size));
    return Head;
  }

  /// The packet; none: it was overwritten while it was read. The process takes
  /// a place by making content_size 0 before anything else of it changes.
  std::optional<Packet> packet(const trace_packet &Head) const {
    Packet Result;
    Result.Head = Head;
    const size_t Count = contentBytes(Head) - sizeof Head;
    Ring.read(Result.Records, At + sizeof Head, Count);
    Expected<trace_packet> Now = head();
    if (!Now) {
      consumeError(Now.takeError());
      return std::nullopt;
    }
    if (Now->packet_seq_num != Head.packet_seq_num ||
        Result.Records.size() < Count)
      return std::nullopt;
    return Result;
  }
};

} // namespace

std::vector<Packet> readRing(const File &Ring, ByteOrder Order,
                             const Report &Damaged) {
  std::vector<Packet> Packets;
  Bytes Data;
  Ring.read(Data, 0, sizeof(trace_ring_file));
  if (isUnmade(Data))
    return Packets;
  Expected<trace_ring_file> Head = decodeHead(Data, Order);
  if (!Head) {
    Damaged(toString(Head.takeError()));
    return Packets;
  }
  for (uint64_t I = 0; I < Head->packet_count; ++I) {
    const Place Here = {Ring, Order,
                        TRACE_RING_HEAD_BYTES + I * Head->packet_bytes,
                        Head->packet_bytes};
    if (Here.isEmpty())
      continue;
    Expected<trace_packet> Packet = Here.head();
    if (!Packet) {
      std::string Why = toString(Packet.takeError());
      if (!Here.isEmpty()) // not taken meanwhile
        Damaged("at 0x" + Twine::utohexstr(Here.At) + ": " + Why);
      continue;
    }
    if (Packet->packet_seq_num < Head->appended)
      continue;
    if (std::optional<recording::Packet> Whole = Here.packet(*Packet))
      Packets.push_back(std::move(*Whole));
  }
  sort(Packets, [](const Packet &A, const Packet &B) {
    return A.Head.packet_seq_num < B.Head.packet_seq_num;
  });
  return Packets;
}

} // namespace trace::recording
