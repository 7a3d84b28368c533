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

enum ExitStatus : int {
  UsageMistake = 2,
  OwnFailure = 125,
  CannotExecute = 126,
  NotFound = 127,
};

struct Wanted {
  llvm::ArrayRef<std::string> Patterns;  ///< events that are on
  llvm::ArrayRef<std::string> Snapshots; ///< events that make one
  /// Where they go. Empty: standard error; with a slash at its end: a
  /// recording.
  std::string Output;
};

/// Finds the command's program and checks that it can be traced; then sets the
/// environment for it. 0 or an exit status, with a message.
int prepareProgram(const Wanted &Wishes, llvm::ArrayRef<std::string> Command,
                   std::string &Path);

/// Becomes the program at `Path`. Returns, with an exit status and a message,
/// only if that fails.
int execute(const std::string &Path, llvm::ArrayRef<std::string> Command);

/// Becomes the command, with the events of `Patterns` on and their output in
/// `Output` (empty: standard error). Returns only if that fails, with the exit
/// status of env(1): 125, 126 cannot be executed, 127 not found.
int run(llvm::ArrayRef<std::string> Patterns, llvm::StringRef Output,
        llvm::ArrayRef<std::string> Command);

} // namespace trace

#endif
