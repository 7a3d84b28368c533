//===- selection.cpp - Which events of a recording to show ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selection.h"
#include "../../runtime/pattern.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace trace::recording;

namespace trace {

bool checkPatterns(ArrayRef<std::string> Patterns) {
  for (const std::string &Pattern : Patterns)
    if (const char *Defect = pattern_defect(Pattern)) {
      errs() << "tracepoint: -e '" << Pattern << "': " << Defect << "\n";
      return false;
    } else if (pattern_has_condition(Pattern)) {
      errs() << "tracepoint: -e '" << Pattern
             << "': a condition decides what is recorded; it is for run and "
                "record\n";
      return false;
    }
  return true;
}

Selection::Selection(const Recording &From, StringRef Patterns)
    : Selected(From.eventCount(), Patterns.empty()) {
  if (Patterns.empty())
    return;
  for (const std::unique_ptr<Process> &P : From.processes())
    P->Known.forEach([&](const recording::Event &E) {
      Selected[E.Index] = pattern_matches(Patterns, E.system(), E.name());
    });
}

} // namespace trace
