//===- liveness.h - Whether a traced process has ended ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECOVER_LIVENESS_H
#define TRACE_TOOL_RECOVER_LIVENESS_H

#include "trace/recording.h"
#include <sys/stat.h>
#include <sys/types.h>

namespace trace {

/// Whether the process may still have its file `process`, of that status,
/// mapped, which is so until it ends or executes another program.
bool mayRun(const trace_process &Head, const struct stat &File);

/// That process, as we see it, which may be in another pid namespace; 0: it has
/// ended, or is not to be seen from here.
pid_t findProcess(const trace_process &Head, const struct stat &File);

} // namespace trace

#endif
