//===- packet.cpp - One thread's records, and their order -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "packet.h"
#include "../elf_image.h"
#include "payload.h"

using namespace llvm;

namespace trace::recording {

Expected<trace_packet> decodePacketHead(ArrayRef<uint8_t> Bytes,
                                        ByteOrder Order) {
  constexpr uint64_t BitsMax = uint64_t(TRACE_PACKET_BYTES_MAX) * 8;
  if (Bytes.size() < sizeof(trace_packet))
    return failure("the packet's head is cut off");
  auto Head = loadStruct<trace_packet>(Bytes, Order);
  if (Head.magic != TRACE_PACKET_MAGIC)
    return failure("no packet begins here");
  if (Head.content_size % 8 != 0 || Head.content_size > BitsMax ||
      contentBytes(Head) < sizeof(trace_packet))
    return failure("a packet of " + Twine(Head.content_size) + " bits");
  if (Head.packet_size % 8 != 0 || Head.packet_size < Head.content_size)
    return failure("a packet of " + Twine(Head.packet_size) + " bits holds " +
                   Twine(Head.content_size));
  return Head;
}

Expected<bool> RecordDecoder::next(Record &R) {
  if (Rest.empty())
    return false;
  if (Rest.size() < TRACE_RECORD_BYTES)
    return failure("the last record is cut off");
  const uint8_t *At = Rest.data();
  R.Ticks = loadNumber<uint64_t>(At + TRACE_RECORD_AT_timestamp, Order);
  R.Cpu = loadNumber<uint16_t>(At + TRACE_RECORD_AT_cpu, Order);
  auto Id = loadNumber<uint32_t>(At + TRACE_RECORD_AT_id, Order);
  R.Of = Known->find(Id);
  if (!R.Of)
    return failure("a record of event " + Twine(Id) + ", which is not known");
  ArrayRef<uint8_t> Behind = Rest.drop_front(TRACE_RECORD_BYTES);
  const trace_event &Descriptor = R.Of->descriptor();
  std::optional<size_t> Size = R.Of->PayloadBytes;
  if (!Size)
    Size = payloadBytes(Descriptor, Behind, Order);
  if (!Size || *Size > Behind.size())
    return failure("a record of event " + Twine(Id) + " is cut off");
  R.Payload = Behind.take_front(*Size);
  Rest = Behind.drop_front(*Size);
  if (Order == ByteOrder::Swapped) {
    swapPayload(Descriptor, R.Payload, Native);
    R.Payload = Native;
  }
  return true;
}

} // namespace trace::recording
