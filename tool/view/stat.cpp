//===- stat.cpp - tracepoint stat -----------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "stat.h"
#include "../output.h"
#include "counts.h"
#include "open.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace trace::recording;

namespace trace {

int stat(StringRef Directory, ArrayRef<std::string> Patterns) {
  if (!checkPatterns(Patterns))
    return 2;
  Warnings Found;
  std::optional<Recording> From = openRecording(Directory, Found);
  if (!From)
    return 1;
  printCounts(countEvents(*From, Selection(*From, join(Patterns, ","))), *From,
              outs());
  const bool Written = finishOutput(outs(), "");
  Found.finish();
  printLost(*From);
  return Written && !Found.any() ? 0 : 1;
}

} // namespace trace
