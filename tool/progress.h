//===- progress.h - How a recording goes ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_PROGRESS_H
#define TRACE_TOOL_PROGRESS_H

#include "llvm/ADT/StringRef.h"
#include <chrono>
#include <cstdint>

namespace trace {

/// One line on standard error that is written over, if that is a terminal.
class LiveLine {
public:
  LiveLine(llvm::StringRef Directory, bool Quiet);
  void update();
  void erase();

private:
  llvm::StringRef Directory;
  bool Shown;
  std::chrono::steady_clock::time_point Before =
      std::chrono::steady_clock::now();
  uint64_t Records = 0;
};

/// Completes the recording and says what there is. False: something failed.
bool finishRecording(llvm::StringRef Directory, bool Quiet);

/// Says what there is, under the name `Shown`.
void printTotals(llvm::StringRef Directory, llvm::StringRef Shown, bool Quiet);

} // namespace trace

#endif
