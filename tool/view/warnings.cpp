//===- warnings.cpp - What a recording lacks ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "warnings.h"
#include "../output.h"

using namespace llvm;
using namespace trace::recording;

namespace trace {

void Warnings::add(const Twine &Text) {
  if (++Count <= Most)
    errs() << "tracepoint: warning: " << printable(Text.str()) << "\n";
}

void Warnings::finish() const {
  if (Count > Most)
    errs() << "tracepoint: " << Count - Most << " more warnings\n";
}

static StringRef lostText(unsigned Cause) {
  switch (Cause) {
#define TRACE_LOST_TEXT(name, text)                                            \
  case TRACE_LOST_##name:                                                      \
    return text;
    TRACE_LOST(TRACE_LOST_TEXT)
#undef TRACE_LOST_TEXT
  }
  return "for a cause that this release does not know";
}

void printLost(const Recording &From) {
  for (const std::unique_ptr<Process> &P : From.processes())
    for (unsigned Cause = 0; Cause < TRACE_LOST_CAUSES_MAX; ++Cause)
      if (uint64_t Count = P->Head.lost[Cause])
        errs() << "tracepoint: " << printable(P->Name) << ": " << Count
               << (Count == 1 ? " record" : " records")
               << " lost: " << lostText(Cause) << "\n";
}

} // namespace trace
