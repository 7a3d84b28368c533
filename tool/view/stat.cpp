//===- stat.cpp - tracepoint stat -----------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "stat.h"
#include "../output.h"
#include "counts.h"
#include "warnings.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace trace::recording;

namespace trace {

int stat(StringRef Directory, ArrayRef<std::string> Patterns) {
  if (!checkPatterns(Patterns))
    return 2;
  Warnings Found;
  Expected<Recording> From =
      Recording::open(Directory, [&](const Twine &Text) { Found.add(Text); });
  if (!From) {
    errs() << "tracepoint: " << toString(From.takeError()) << "\n";
    return 1;
  }
  print(count(*From, Selection(*From, join(Patterns, ","))), *From, outs());
  const bool Written = finishOutput(outs(), "");
  Found.finish();
  printLost(*From);
  return Written && !Found.any() ? 0 : 1;
}

} // namespace trace
