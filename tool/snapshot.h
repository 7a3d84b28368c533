//===- snapshot.h - tracepoint snapshot -------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_SNAPSHOT_H
#define TRACE_TOOL_SNAPSHOT_H

#include "llvm/ADT/StringRef.h"
#include <sys/types.h>

namespace trace {

/// Copies a recording as it is at this moment, with what the rings hold in its
/// streams, into the new directory `Output` (empty: one beside it, with a
/// number behind its name), and prints that directory's name. The recording
/// goes on, and its processes notice nothing. `Source`: its directory, or the
/// pid of one of its processes. An exit status.
int snapshot(llvm::StringRef Source, llvm::StringRef Output);

/// The same of what the process records now, in its own mount namespace.
int snapshotProcess(pid_t Pid, llvm::StringRef Output);

} // namespace trace

#endif
