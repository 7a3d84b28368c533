//===- histogram.h - How times are distributed ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_VIEW_HISTOGRAM_H
#define TRACE_TOOL_VIEW_HISTOGRAM_H

#include "llvm/Support/raw_ostream.h"
#include <array>

namespace trace {

/// Counts of times in steps of 1, 2 and 5: from below 1 ns to above 5000 s.
class Histogram {
public:
  void add(uint64_t Nanoseconds);
  bool empty() const;

  /// A line for each step from the first to the last that has a count, with a
  /// bar that ends before column 80.
  void print(llvm::raw_ostream &To) const;

private:
  static constexpr unsigned StepsADecade = 3, Decades = 13;
  /// Of the step `Index`: no time in it is shorter. Step 0 begins at 0.
  static uint64_t begin(unsigned Index);

  std::array<uint64_t, StepsADecade * Decades + 1> Counts = {};
};

} // namespace trace

#endif
