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

/// Whether an event has probes of its parameters' types.
bool takesProbes(const Event &E, const llvm::Function &Declared);

/// Whether what records \p E has the parameters of \p Declared, one by one, so
/// that it can pass them on to a C function. Else they are in their places.
bool passesToProbes(const Event &E, const llvm::Function &Declared);

/// At \p B, which is left where the code goes on: calls the event's probes
/// (layout.h, trace_probe) with the first arguments of \p Record, if any are
/// wanted.
void callProbes(llvm::IRBuilder<> &B, llvm::Function &Record, const Event &E,
                llvm::Value *Descriptor);

/// As above, with one argument, an array: where the parameters are.
void callProbes(llvm::IRBuilder<> &B, llvm::Value *Descriptor,
                llvm::ArrayRef<llvm::Value *> Places);

} // namespace trace

#endif
