//===- liveness.h - Whether a traced process has ended ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECOVER_LIVENESS_H
#define TRACE_TOOL_RECOVER_LIVENESS_H

#include "trace/recording.h"
#include <sys/stat.h>

namespace trace {

/// Whether the process may still have its file `process`, of that status,
/// mapped, which is so until it ends or executes another program.
bool mayRun(const trace_process &Head, const struct stat &File);

} // namespace trace

#endif
