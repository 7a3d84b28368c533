//===- patterns.h - Patterns on the command line ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_PATTERNS_H
#define TRACE_TOOL_PATTERNS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace trace {

/// Whether the patterns of an option and their conditions are well-formed; a
/// message shows where one is not. What fields there are is not looked at.
bool checkPatterns(llvm::StringRef Option,
                   llvm::ArrayRef<std::string> Patterns);

} // namespace trace

#endif
