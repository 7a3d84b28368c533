//===- Thunk.h - the slow path's one call ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_THUNK_H
#define TRACE_PLUGIN_EMIT_THUNK_H

#include "Event.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/IR/IRBuilder.h"

namespace trace {

/// What sites call: void(values...), which records the event. It throws
/// nothing, no unwinding crosses it, and it keeps the registers that the
/// target's convention for it says. For code like that of \p Declared. With
/// \p Probe, it begins with the event's USDT probe.
llvm::Function *makeThunk(const Event &E, llvm::GlobalVariable *Descriptor,
                          const llvm::Function &Declared,
                          const llvm::Twine &Identity, bool Probe);

/// A call of \p Thunk with \p Arguments, converted to its parameters' types.
/// \p Passed: how a call of the event passes them.
llvm::CallInst *callThunk(llvm::IRBuilder<> &B, llvm::Function &Thunk,
                          llvm::ArrayRef<llvm::Value *> Arguments,
                          const llvm::AttributeList &Passed = {});

/// Whether callThunk can convert values of \p From's parameter types.
bool takesArguments(const llvm::FunctionType &Thunk,
                    const llvm::FunctionType &From);

/// For what is called from slow paths, in code like that of \p Like.
void describeSlow(llvm::Function &F, const llvm::Function &Like);

/// For what is short, or seldom called: not worth the compiler's time, of which
/// it would cost the most (docs/performance.md).
void skipOptimizer(llvm::Function &F);

/// What code generation must have in common: processor, features, unwinding.
llvm::ArrayRef<llvm::StringRef> targetAttributes();
void copyTargetAttributes(const llvm::Function &From, llvm::Function &To);

} // namespace trace

#endif
