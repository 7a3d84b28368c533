//===- open.cpp - The recording that a command reads ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "open.h"
#include "../output.h"
#include "../recover/recovery.h"

using namespace llvm;
using namespace trace::recording;

namespace trace {

// What can't be completed is read as it is: from a disk that may not be
// written, of another machine, or damaged, of which the reader says more.
static void complete(StringRef Directory) {
  if (isProcess(Directory)) {
    recoverProcess(Directory);
    return;
  }
  if (auto Each = recover(Directory); !Each)
    consumeError(Each.takeError());
}

std::optional<Recording> openRecording(StringRef Directory, Warnings &Found) {
  complete(Directory);
  Expected<Recording> From =
      Recording::open(Directory, [&](const Twine &Text) { Found.add(Text); });
  if (From)
    return std::move(*From);
  errs() << "tracepoint: " << printable(toString(From.takeError())) << "\n";
  return std::nullopt;
}

} // namespace trace
