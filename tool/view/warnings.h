//===- warnings.h - What a recording lacks ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_VIEW_WARNINGS_H
#define TRACE_TOOL_VIEW_WARNINGS_H

#include "../recording/recording.h"

namespace trace {

/// Says on standard error what is damaged: the first hundred times.
class Warnings {
public:
  void add(const llvm::Twine &Text);
  bool any() const { return Count > 0; }
  /// How many were not printed.
  void finish() const;

private:
  static constexpr unsigned Most = 100;
  unsigned Count = 0;
};

/// Records that each process lost, by cause, on standard error.
void printLost(const recording::Recording &From);

} // namespace trace

#endif
