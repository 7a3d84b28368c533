//===- output.h - What commands print ---------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_OUTPUT_H
#define TRACE_TOOL_OUTPUT_H

#include "llvm/Support/raw_ostream.h"
#include <string>

namespace trace {

/// What a file says is shown as text, whatever bytes it holds: UTF-8 as it is,
/// control characters as C escapes.
std::string printable(llvm::StringRef Text);

/// The stream has swallowed errors until now: a full disk, for one. Says so on
/// standard error; `Name` is the file's. False: there was one.
bool finishOutput(llvm::raw_fd_ostream &To, llvm::StringRef Name);

} // namespace trace

#endif
