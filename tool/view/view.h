//===- view.h - tracepoint view ---------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_VIEW_VIEW_H
#define TRACE_TOOL_VIEW_VIEW_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace trace {

enum class ViewForm { Text, Json, Csv, Perfetto };

/// Prints the records of a recording by time, those of `Patterns` alone if
/// there are any; to the file `Output`, or to standard output if that is empty.
/// Returns the exit status: 1 too if something was damaged.
int view(llvm::StringRef Directory, ViewForm Form,
         llvm::ArrayRef<std::string> Patterns, llvm::StringRef Output);

} // namespace trace

#endif
