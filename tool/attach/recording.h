//===- recording.h - A recording, from outside ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_ATTACH_RECORDING_H
#define TRACE_TOOL_ATTACH_RECORDING_H

#include "directory.h"
#include "switch.h"
#include "trace/recording.h"
#include <map>

namespace trace {

/// Where a process records now.
struct LiveRecording {
  uint32_t Session = 0;  // number of one from outside; 0: its own
  std::string Directory; // of the recording, as the process sees it
  std::string Process;   // of the process in it
};

/// None: it records nowhere.
llvm::Expected<std::optional<LiveRecording>>
liveRecording(const AttachedProcess &Process);

/// Who holds this, for as long as it records the process.
llvm::Expected<bool> takeSession(ProcessLock &Lock, pid_t Pid);

/// What the events shall be wanted for, to be recorded there, under the
/// patterns' conditions. Gives them ids, and writes what readers need before.
llvm::Expected<std::vector<WantedChange>>
recordInto(const AttachedProcess &Process, const LiveRecording &Recording,
           llvm::ArrayRef<const LiveEvent *> Events,
           llvm::ArrayRef<std::string> Patterns);

/// Makes the directory of the process in `Parent`; its name. No event is there
/// yet.
llvm::Expected<std::string> makeProcess(const AttachedProcess &Process,
                                        const Directory &Parent,
                                        const trace_session &Session);

/// Says to children of the process that have not begun yet that the recording
/// is over.
llvm::Error writeEnded(const Directory &Where);

/// Ends a recording from outside: switches its events off, or back to what
/// `Before` says, waits until no thread uses its files, and completes it.
llvm::Error endSession(AttachedProcess &Process, Switch &Switched,
                       const LiveRecording &Recording,
                       const std::map<const LiveEvent *, WantedChange> &Before);

/// Ends one whose tool was killed. Nothing to do if there is none.
llvm::Error endAbandoned(AttachedProcess &Process, Switch &Switched);

} // namespace trace

#endif
