//===- ProbeCalls.h - probes that take an event's arguments ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_PROBECALLS_H
#define TRACE_PLUGIN_EMIT_PROBECALLS_H

#include "Event.h"
#include "llvm/IR/IRBuilder.h"

namespace trace {

/// Whether the fields of \p E are the parameters of \p Declared, one by one, so
/// that they can be passed on to a C function.
bool takesProbes(const Event &E, const llvm::Function &Declared);

/// At \p B, which is left where the code goes on: calls the event's probes
/// (layout.h, trace_probe) with the first arguments of \p Record, if any are
/// wanted.
void callProbes(llvm::IRBuilder<> &B, llvm::Function &Record, const Event &E,
                llvm::Value *Descriptor);

} // namespace trace

#endif
