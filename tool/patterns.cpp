//===- patterns.cpp - Patterns on the command line ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "patterns.h"
#include "../runtime/filter.h"
#include "../runtime/pattern.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace trace {
namespace {

raw_ostream &message() { return errs() << "tracepoint: "; }

/// A mistake in the form of a condition is shown where it is.
bool checkConditions(StringRef Option, StringRef Pattern) {
  std::string_view Rest = Pattern;
  for (std::string_view Part = pattern_next(Rest); !Part.empty();
       Part = pattern_next(Rest)) {
    std::string_view Condition = pattern_condition(Part);
    Filter Compiled;
    FilterError Wrong;
    if (Condition.empty() ||
        filter_compile(Condition, nullptr, Compiled, Wrong))
      continue;
    size_t Column = Condition.data() - Pattern.data() + Wrong.at;
    message() << Option << ": " << Wrong.text << "\n  " << Pattern << "\n  "
              << std::string(Column, ' ') << "^\n";
    return false;
  }
  return true;
}

} // namespace

bool checkPatterns(StringRef Option, ArrayRef<std::string> Patterns) {
  for (const std::string &Pattern : Patterns) {
    if (const char *Defect = pattern_defect(Pattern)) {
      message() << Option << " '" << Pattern << "': " << Defect << "\n";
      return false;
    }
    if (!checkConditions(Option, Pattern))
      return false;
  }
  return true;
}

} // namespace trace
