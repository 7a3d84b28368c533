//===- recovery.h - Completes recordings of ended processes -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECOVER_RECOVERY_H
#define TRACE_TOOL_RECOVER_RECOVERY_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace trace {

/// What became of one process's directory.
struct Recovery {
  enum Result {
    Complete, // nothing to do any more: its streams have everything
    Running,  // left alone: its rings have what its streams don't
    Failed,   // left as it was, or in part: the rings still have the rest
  };
  std::string Directory; // of the process
  Result Was = Complete;
  std::string Why; // of Failed
};

/// The directories of processes in the recording `Directory`, sorted. Fails if
/// it can't be read or is no recording.
llvm::Expected<std::vector<std::string>>
processDirectories(llvm::StringRef Directory);

/// Appends to the streams of each process that has ended what only its rings
/// hold, as if it had ended in order. May be called at any time, by several at
/// once; the recording is valid CTF meanwhile. Every reader calls it first.
llvm::Expected<std::vector<Recovery>> recover(llvm::StringRef Directory);

/// The same for one process. `Ended`: known not to run any more.
Recovery recoverProcess(llvm::StringRef Directory, bool Ended = false);

/// tracepoint recover DIR...
int recoverCommand(llvm::ArrayRef<std::string> Directories);

} // namespace trace

#endif
