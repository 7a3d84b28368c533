//===- run.h - tracepoint run -----------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RUN_H
#define TRACE_TOOL_RUN_H

#include "llvm/ADT/ArrayRef.h"
#include <string>

namespace trace {

/// Becomes the command, with the events of `Patterns` on and their output in
/// `Output` (empty: standard error). Returns only if that fails, with the exit
/// status of env(1): 125, 126 cannot be executed, 127 not found.
int run(llvm::ArrayRef<std::string> Patterns, llvm::StringRef Output,
        llvm::ArrayRef<std::string> Command);

} // namespace trace

#endif
