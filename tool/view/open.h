//===- open.h - The recording that a command reads --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_VIEW_OPEN_H
#define TRACE_TOOL_VIEW_OPEN_H

#include "warnings.h"

namespace trace {

/// Completes the recording if its processes have ended, and opens it. None: it
/// can't be read, and standard error says why. `Found` must outlive it.
std::optional<recording::Recording> openRecording(llvm::StringRef Directory,
                                                  Warnings &Found);

} // namespace trace

#endif
