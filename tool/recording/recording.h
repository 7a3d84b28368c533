//===- recording.h - A recording, opened to read ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORDING_RECORDING_H
#define TRACE_TOOL_RECORDING_RECORDING_H

#include "process.h"
#include "session.h"

namespace trace::recording {

class Recording {
public:
  /// Opens a session's directory, or that of one of its processes. What is
  /// damaged is reported then and later, and hides nothing else. Fails if
  /// there is nothing to read at all. The recording may be growing: what is in
  /// it now is what will be read.
  static llvm::Expected<Recording> open(llvm::StringRef Directory,
                                        Report Damaged);

  const recording::Session &session() const { return Session; }
  llvm::ArrayRef<std::unique_ptr<Process>> processes() const {
    return Processes;
  }
  /// Event::Index is below.
  unsigned eventCount() const { return EventCount; }

private:
  recording::Session Session;
  std::unique_ptr<Report> Damaged; // at one place, however this is moved
  std::vector<std::unique_ptr<Process>> Processes;
  unsigned EventCount = 0;
};

} // namespace trace::recording

#endif
