//===- merge.cpp - All records in the order of time -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "merge.h"

using namespace llvm;

namespace trace::recording {

// A ring enters with the time below which it has nothing, so that no packet of
// it is read before it is needed.
Merge::Merge(const Recording &From) {
  for (const std::unique_ptr<Process> &P : From.processes())
    for (const std::unique_ptr<RingRecords> &Ring : P->Rings)
      if (std::optional<uint64_t> Oldest = Ring->oldest()) {
        const auto Place = static_cast<unsigned>(Sources.size());
        Sources.push_back({Ring.get(), *Oldest, Place, {}, false});
        Heap.push_back(&Sources.back());
      }
  for (size_t At = Heap.size(); At-- > 0;)
    siftDown(At);
}

void Merge::siftDown(size_t At) {
  while (true) {
    size_t Least = At;
    for (size_t Child : {2 * At + 1, 2 * At + 2})
      if (Child < Heap.size() && *Heap[Child] < *Heap[Least])
        Least = Child;
    if (Least == At)
      return;
    std::swap(Heap[At], Heap[Least]);
    At = Least;
  }
}

// In front is a source whose record comes next, or one of which it is not known
// yet: new, or its last record was returned.
const Record *Merge::next() {
  while (!Heap.empty()) {
    Source &Front = *Heap.front();
    if (Front.HasNext) {
      Front.HasNext = false;
      return &Front.Next;
    }
    Front.HasNext = Front.Ring->next(Front.Next);
    if (Front.HasNext) {
      Front.Ticks = Front.Next.Ticks;
    } else {
      Heap.front() = Heap.back();
      Heap.pop_back();
    }
    siftDown(0);
  }
  return nullptr;
}

} // namespace trace::recording
