//===- run_time_library.h - The library that `run` preloads -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RUN_TIME_LIBRARY_H
#define TRACE_TOOL_RUN_TIME_LIBRARY_H

#include "llvm/Support/Error.h"
#include <string>

namespace trace {

inline constexpr char RunTimeLibraryName[] = "libtracepoint.so.1";

/// A path for LD_PRELOAD: the library beside this program (../lib), else an
/// open descriptor of the copy inside this program.
llvm::Expected<std::string> runTimeLibraryPath();

} // namespace trace

#endif
