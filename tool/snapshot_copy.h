//===- snapshot_copy.h - a copy of a recording that goes on -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_SNAPSHOT_COPY_H
#define TRACE_TOOL_SNAPSHOT_COPY_H

#include "llvm/Support/Error.h"
#include <string>

namespace trace {

/// Copies the recording in the directory `From`, as it is at this moment, into
/// the new directory `To`, with what the rings hold in its streams.
llvm::Error copyRecording(const std::string &From, const std::string &To);

} // namespace trace

#endif
