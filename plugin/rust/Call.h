//===- Call.h - how Rust's assembly calls a thunk -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A thunk that keeps its caller's registers costs the fast path nothing, and
// Rust has no name for its convention (preserve_most). But assembly can call
// it, and say which registers it takes and loses.
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_RUST_CALL_H
#define TRACE_PLUGIN_RUST_CALL_H

#include "Module.h"

namespace trace {

/// The operands of asm! for the arguments of \p E, and for the argument
/// registers that are lost besides: lines. None if \p E is called as C does:
/// its arguments are not all in registers, or its thunk keeps none.
std::optional<std::vector<std::string>> callOperands(const RustEvent &E,
                                                     const RustTarget &T);

/// The operands for the other registers that each such call loses.
std::vector<std::string> lostOperands(const RustTarget &T);

} // namespace trace

#endif
