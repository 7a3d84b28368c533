//===- Foreign.h - events that another front end calls --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_COLLECT_FOREIGN_H
#define TRACE_PLUGIN_COLLECT_FOREIGN_H

#include "Collect.h"

namespace trace {

/// A front end that knows no attribute of ours, such as rustc, calls an event
/// by a reserved name, with the event's description before its arguments:
///
///     call void @__trace_unlowered_trace_open(ptr @description, i32 %fd)
///     call i1 @__trace_unlowered_enabled_trace_open(ptr @description)
///
/// where \c trace_open is the event's symbol in C, and \c @description a
/// constant with what toText() makes of the Event. Without this pass the name
/// is an undefined symbol for the linker.
namespace foreign {
inline constexpr llvm::StringLiteral Call = "__trace_unlowered_";
inline constexpr llvm::StringLiteral Enabled = "__trace_unlowered_enabled_";
} // namespace foreign

/// Makes these calls what clang would have made of them, and adds their events
/// to \p C. Functions that only wrap such a call, as the emitted Rust module
/// has them, are inlined first: a caller's arguments then stand before the call
/// that takes them.
void collectForeign(llvm::Module &M, Collection &C);

} // namespace trace

#endif
