//===- ring_records.cpp - All records of one ring -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ring_records.h"
#include "process.h"

using namespace llvm;

namespace trace::recording {

RingRecords::RingRecords(const Process &By, Stream Appended,
                         std::vector<Packet> Packets, Report Damaged)
    : By(By), Appended(std::move(Appended)),
      Newest(std::make_move_iterator(Packets.begin()),
             std::make_move_iterator(Packets.end())),
      Damaged(std::move(Damaged)), Decoder(By.Known, By.Order) {
  if (!Newest.empty())
    Last = Newest.back().Head.packet_seq_num;
}

// A packet that is in both is whole in the ring: it has grown since it was
// appended (TRACE_RING_FILE).
bool RingRecords::nextPacket() {
  const trace_packet *InStream = Appended.peek(From);
  if (InStream && Last && InStream->packet_seq_num > *Last)
    InStream = nullptr; // appended since
  if (Newest.empty() && !InStream)
    return false;
  if (!Newest.empty() && (!InStream || Newest.front().Head.packet_seq_num <=
                                           InStream->packet_seq_num)) {
    Current = std::move(Newest.front());
    Newest.pop_front();
  } else {
    Appended.read(Current);
  }
  From = Current.Head.packet_seq_num + 1;
  Decoder.begin(Current.Records);
  return true;
}

std::optional<uint64_t> RingRecords::oldest() {
  std::optional<uint64_t> Ticks;
  if (const trace_packet *InStream = Appended.peek(From))
    Ticks = InStream->timestamp_begin;
  if (!Newest.empty())
    Ticks = std::min(Ticks.value_or(UINT64_MAX),
                     Newest.front().Head.timestamp_begin);
  return Ticks;
}

bool RingRecords::next(Record &R) {
  R.By = &By;
  R.In = &Current;
  while (true) {
    Expected<bool> Has = Decoder.next(R);
    if (Has && *Has)
      return true;
    if (!Has) {
      Damaged("packet " + Twine(Current.Head.packet_seq_num) + " of thread " +
              Twine(Current.Head.tid) + ": " + toString(Has.takeError()) +
              "; the rest of the packet is not read");
      Decoder.begin({});
    }
    if (!nextPacket()) {
      Current = {}; // thousands of rings may have ended
      return false;
    }
  }
}

} // namespace trace::recording
