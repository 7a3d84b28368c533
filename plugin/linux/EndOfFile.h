//===- EndOfFile.h - what a kernel source ends in -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LINUX_ENDOFFILE_H
#define TRACE_PLUGIN_LINUX_ENDOFFILE_H

#include "Options.h"

namespace clang {
class CompilerInstance;
}

namespace trace {

/// With abi=linux and emit-kernel=DIR: the file that is compiled goes on, after
/// its last line, with the TRACE_EVENTs of the trace points that it has
/// declared. They are C, and are compiled with it. \p CI has opened the file
/// and not read it yet.
void writeEventsAtEndOfFile(clang::CompilerInstance &CI, const Options &Opts);

} // namespace trace

#endif
