//===- ring_records.h - All records of one ring -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORDING_RING_RECORDS_H
#define TRACE_TOOL_RECORDING_RING_RECORDS_H

#include "ring.h"
#include "stream.h"
#include <deque>

namespace trace::recording {

/// The records of one ring in order: those of its stream, then those that are
/// in the ring only. One packet is in memory at a time, and what the ring alone
/// had when this was made; that is also where it ends, however much longer the
/// process records.
class RingRecords {
public:
  RingRecords(const Process &By, Stream Appended, std::vector<Packet> Newest,
              Report Damaged);

  /// No record is older, in ticks, before the first is read. None: there is no
  /// packet.
  std::optional<uint64_t> oldest();

  /// False: there is none left. What `R` leads to holds until the next call.
  bool next(Record &R);

private:
  bool nextPacket();

  const Process &By;
  Stream Appended;
  std::deque<Packet> Newest;
  Report Damaged;
  std::optional<uint64_t> Last; // number of the newest packet, if in the ring
  uint64_t From = 0;            // number of the next
  Packet Current;
  RecordDecoder Decoder;
};

} // namespace trace::recording

#endif
