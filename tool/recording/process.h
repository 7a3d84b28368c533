//===- process.h - What one process image recorded --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORDING_PROCESS_H
#define TRACE_TOOL_RECORDING_PROCESS_H

#include "ring_records.h"

namespace trace::recording {

struct Process {
  std::string Path;
  std::string Name;   // of its directory
  unsigned Index = 0; // among the recording's processes
  ByteOrder Order = ByteOrder::Native;
  trace_process Head = {}; // all 0 where the file `process` can't be read
  Events Known;
  std::vector<std::unique_ptr<RingRecords>> Rings;
};

/// Reads what the process's directory holds, but for the streams' packets.
/// `Order`: the session's, for a directory without a file `process`.
/// `EventCount`: as in Events::decode.
std::unique_ptr<Process> openProcess(std::string Path, unsigned Index,
                                     ByteOrder Order, unsigned &EventCount,
                                     const Report &Damaged);

/// Whether the directory is one of a process.
bool isProcess(llvm::StringRef Path);

} // namespace trace::recording

#endif
