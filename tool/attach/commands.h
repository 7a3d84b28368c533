//===- commands.h - Commands with -p PID ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_ATTACH_COMMANDS_H
#define TRACE_TOOL_ATTACH_COMMANDS_H

#include "../record.h"
#include "process.h"
#include "llvm/ADT/ArrayRef.h"

namespace trace {

/// For a command that switches what the patterns name. Null: it can't be, for
/// which there was a message; `Status` is then the exit status.
std::unique_ptr<AttachedProcess>
openToSwitch(pid_t Pid, llvm::ArrayRef<std::string> Patterns, int &Status);

/// tracepoint list -p PID. Each returns the exit status.
int listProcess(pid_t Pid, bool AsJson);

/// tracepoint enable and disable -p PID. What is switched on is recorded where
/// the process records; else it prints a line on its standard error.
int switchProcess(pid_t Pid, llvm::ArrayRef<std::string> Patterns, bool On);

/// tracepoint record -p PID: until the process ends, or this one is told to
/// (SIGINT, SIGTERM, SIGHUP).
int recordProcess(pid_t Pid, const RecordRequest &Request);

} // namespace trace

#endif
