//===- stream_end.h - Where a ring's stream ends ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECOVER_STREAM_END_H
#define TRACE_TOOL_RECOVER_STREAM_END_H

#include "../../runtime/recording/stream.h"
#include "llvm/Support/Error.h"

namespace trace {

/// The last file and packet of a ring's stream; no file at all: of 0 bytes.
/// Gives a file its name again that was being cut when its process ended.
llvm::Expected<Stream> findStreamEnd(const StreamOptions &Options);

} // namespace trace

#endif
