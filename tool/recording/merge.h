//===- merge.h - All records in the order of time ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORDING_MERGE_H
#define TRACE_TOOL_RECORDING_MERGE_H

#include "recording.h"

namespace trace::recording {

/// Takes the records of all rings, the oldest first. In memory is one packet
/// for each ring that has begun and not ended.
class Merge {
public:
  explicit Merge(const Recording &From);

  /// Null: there is none left. It holds until the next call.
  const Record *next();

private:
  struct Source {
    RingRecords *Ring;
    uint64_t Ticks; // of Next, or not above those of what follows
    unsigned Place; // decides where ticks are equal
    Record Next;
    bool HasNext = false;

    bool operator<(const Source &Other) const {
      return std::tie(Ticks, Place) < std::tie(Other.Ticks, Other.Place);
    }
  };

  void siftDown(size_t At);

  std::vector<Source *> Heap; // the least is in front
  std::deque<Source> Sources;
};

} // namespace trace::recording

#endif
