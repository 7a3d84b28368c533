//===- list.h - tracepoint list ---------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_LIST_H
#define TRACE_TOOL_LIST_H

#include "event.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/JSON.h"

namespace trace {

/// One line: system:name(type field, ...) "format" N sites file:line
/// Stable: scripts read it. Without a format it has "-" there.
std::string toText(const Event &E);

/// An object of the JSON array; `More` adds members.
void writeJson(
    llvm::json::OStream &J, const Event &E, llvm::StringRef Image,
    llvm::function_ref<void()> More = [] {});

/// Lists the events of all files. Returns the exit status.
int list(llvm::ArrayRef<std::string> Paths, bool AsJson, bool WithCost = false);

} // namespace trace

#endif
