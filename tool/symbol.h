//===- symbol.h - Names of functions as their source has them ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_SYMBOL_H
#define TRACE_TOOL_SYMBOL_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace trace {

/// The function's name as C, C++ or Rust spells it: of Rust without hashes, in
/// both of its manglings. A name of none of them is as it is.
std::string sourceName(llvm::StringRef Symbol);

} // namespace trace

#endif
