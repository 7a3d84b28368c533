//===- children.h - Children of a process that is recorded ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_ATTACH_CHILDREN_H
#define TRACE_TOOL_ATTACH_CHILDREN_H

#include "recording.h"
#include <set>

namespace trace {

/// The processes that record into a directory because one that a tool began to
/// record has forked them. Each has made a directory at its first event
/// (runtime/recording/attached.cpp), and is from then on as if the tool had
/// begun it, too.
class Children {
public:
  /// Of the process whose recording that is, in `Where`.
  Children(const Directory &Where, const LiveRecording &Parents)
      : Where(Where), Parents(Parents) {}

  /// Takes those that came, so that other tools leave them, and lets go those
  /// that have ended.
  void update();

  bool empty() const { return Live.empty(); }

  /// Ends the recording of each: switches its events off, or back to what
  /// `Before`, of the parent's, says. Completes the directories, also of those
  /// that had ended.
  llvm::Error end(const std::map<const LiveEvent *, WantedChange> &Before);

private:
  struct Child {
    std::unique_ptr<AttachedProcess> Process;
    ProcessLock Lock;
    LiveRecording Recording;
  };

  /// The one whose directory has that name; null: it has ended, or is none yet.
  std::unique_ptr<Child> take(const std::string &Name) const;

  const Directory &Where;
  const LiveRecording Parents;
  std::map<std::string, std::unique_ptr<Child>> Live; // by directory
};

} // namespace trace

#endif
