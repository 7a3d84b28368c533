//===- stat.h - tracepoint stat ---------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_VIEW_STAT_H
#define TRACE_TOOL_VIEW_STAT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace trace {

/// Counts the records of a recording, those of `Patterns` alone if there are
/// any. Returns the exit status: 1 too if something was damaged.
int stat(llvm::StringRef Directory, llvm::ArrayRef<std::string> Patterns);

} // namespace trace

#endif
