//===- ring.cpp - A ring's file, as its thread has left it ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ring.h"
#include "files.h"
#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <sys/stat.h>

using namespace llvm;

namespace trace {

bool isPacket(const trace_packet &Head, uint64_t BytesMax) {
  uint64_t Content = Head.content_size / 8;
  return Head.magic == TRACE_PACKET_MAGIC && Content >= sizeof Head &&
         Content <= BytesMax;
}

namespace {

/// In a snapshot's copy of a ring: what was copied before its thread had gone
/// round. What is missing was overwritten, or is in the stream, which was
/// copied later.
void dropBeforeGap(std::vector<RingPacket> &Packets) {
  for (size_t I = Packets.size(); I > 1; --I)
    if (Packets[I - 2].Head.packet_seq_num + 1 !=
        Packets[I - 1].Head.packet_seq_num) {
      Packets.erase(Packets.begin(),
                    Packets.begin() + static_cast<ptrdiff_t>(I - 1));
      return;
    }
}

} // namespace

/// A ring that was being made at a kill is empty or without its magic number:
/// it gets its size at once, and the number last.
Expected<std::vector<RingPacket>> RingFile::read(const trace_session &Session) {
  if (Ring.error())
    return failed(RingPath, -Ring.error());
  std::vector<RingPacket> Packets;
  trace_ring_file Head;
  struct stat Status;
  if (int Code = Ring.status(Status))
    return failed(RingPath, -Code);
  if (Status.st_size == 0)
    return Packets;
  if (Error E = readStruct(Ring, RingPath, 0, Head))
    return E;
  if (Head.magic == 0)
    return Packets;
  if (Head.magic != TRACE_RING_MAGIC ||
      Head.version != TRACE_RECORDING_VERSION ||
      Head.packet_bytes != Session.packet_bytes ||
      Head.packet_count != Session.packet_count)
    return failure(RingPath + ": damaged");
  for (uint32_t Place = 0; Place < Head.packet_count; ++Place) {
    RingPacket Packet;
    Packet.At = TRACE_RING_HEAD_BYTES + uint64_t{Place} * Head.packet_bytes;
    if (Error E = readStruct(Ring, RingPath, Packet.At, Packet.Head))
      return E;
    if (isPacket(Packet.Head, Head.packet_bytes) &&
        Packet.Head.packet_seq_num % Head.packet_count == Place &&
        Packet.Head.packet_seq_num >= Head.appended)
      Packets.push_back(Packet);
  }
  std::sort(Packets.begin(), Packets.end(),
            [](const RingPacket &A, const RingPacket &B) {
              return A.Head.packet_seq_num < B.Head.packet_seq_num;
            });
  dropBeforeGap(Packets);
  return Packets;
}

Expected<std::vector<uint64_t>>
RingFile::content(const RingPacket &Packet) const {
  uint64_t Bytes = Packet.contentBytes();
  std::vector<uint64_t> Result((Bytes + 7) / 8);
  long Count = Ring.read(Result.data(), Bytes, Packet.At);
  if (Count < 0 || static_cast<uint64_t>(Count) != Bytes)
    return failed(RingPath, Count < 0 ? static_cast<int>(-Count) : EIO);
  return Result;
}

Error RingFile::markAppended(uint64_t Sequence) {
  uint64_t Appended = Sequence + 1;
  if (int Code = Ring.write(
          {reinterpret_cast<const char *>(&Appended), sizeof Appended},
          offsetof(trace_ring_file, appended)))
    return failed(RingPath, -Code);
  return Error::success();
}

} // namespace trace
