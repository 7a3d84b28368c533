//===- selection.h - Which events of a recording to show --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_VIEW_SELECTION_H
#define TRACE_TOOL_VIEW_SELECTION_H

#include "../recording/recording.h"

namespace trace {

/// Says on standard error what is wrong with the first that is not well-formed.
/// False: there is one.
bool checkPatterns(llvm::ArrayRef<std::string> Patterns);

/// Those that a pattern names; all, without a pattern.
class Selection {
public:
  /// `Patterns`: a list, separated by commas (pattern.h).
  Selection(const recording::Recording &From, llvm::StringRef Patterns);

  bool contains(const recording::Event &E) const { return Selected[E.Index]; }

private:
  std::vector<bool> Selected; // by Event::Index
};

} // namespace trace

#endif
