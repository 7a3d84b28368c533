//===- counts.h - How often events came -------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_VIEW_COUNTS_H
#define TRACE_TOOL_VIEW_COUNTS_H

#include "histogram.h"
#include "selection.h"
#include "llvm/ADT/DenseSet.h"
#include <map>

namespace trace {

struct EventCount {
  uint64_t Count = 0;
  Histogram Intervals; // between two in the same thread
};

struct Counts {
  std::map<std::string, EventCount> Events; // "system:name", of all processes
  uint64_t Records = 0;
  uint64_t First = UINT64_MAX, Last = 0; // nanoseconds
  size_t Threads = 0;

  /// Between the first record and the last.
  double seconds() const;
};

/// Reads everything, ring by ring: in one thread's order, so none is merged.
Counts countEvents(const recording::Recording &From, const Selection &Selected);

/// A line on the whole, a table of events by count, a histogram of each.
void printCounts(const Counts &Of, const recording::Recording &From,
                 llvm::raw_ostream &To);

} // namespace trace

#endif
