//===- record.h - tracepoint record -----------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORD_H
#define TRACE_TOOL_RECORD_H

#include <string>
#include <vector>

namespace trace {

/// What the command line says. Sizes are text as "64K"; empty: the default.
struct RecordRequest {
  std::vector<std::string> Patterns;
  std::string Directory;
  bool Flight = false;
  std::vector<std::string> Snapshots; ///< patterns: when to write out
  std::string Packet, Ring, Memory, Size;
  unsigned Keep = 0;
  bool Children = true;
  bool SafeStrings = false;
  bool Quiet = false;
  std::vector<std::string> Command;
};

/// Runs the command, records it, says on standard error how it goes, and
/// completes the recording. The exit status is the command's (128 + its
/// signal), or as run()'s.
int record(const RecordRequest &Request);

} // namespace trace

#endif
