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

/// Functions void(values...) that record an event. They throw nothing; no
/// unwinding crosses them.
struct Thunks {
  llvm::Function *Emit = nullptr; ///< What sites call.
  /// What Emit calls when it can't record by itself: reserves, stores and
  /// commits by the image's functions. Null: Emit does that.
  llvm::Function *Library = nullptr;
  /// They call the event's probes with its arguments.
  bool TakesProbes = false;
};

/// For code like that of \p Declared. With \p Probe, Emit begins with the
/// event's USDT probe.
Thunks makeThunks(const Event &E, llvm::GlobalVariable *Descriptor,
                  llvm::GlobalVariable *Key, const llvm::Function &Declared,
                  const llvm::Twine &Identity, bool Probe);

/// A call of \p Thunk with \p Arguments, converted to its parameters' types.
/// \p Passed: how a call of the event passes them.
llvm::CallInst *callThunk(llvm::IRBuilder<> &B, llvm::Function &Thunk,
                          llvm::ArrayRef<llvm::Value *> Arguments,
                          const llvm::AttributeList &Passed = {});

/// Whether callThunk can convert values of \p From's parameter types.
bool takesArguments(const llvm::FunctionType &Thunk,
                    const llvm::FunctionType &From);

/// Keeps LLVM's passes off \p F, which is written as code generation wants it:
/// they cost more time than all else that an event costs the compiler. Until
/// the trace passes end.
void holdOptimizer(llvm::Function &F);
bool releaseToOptimizer(llvm::Function &F); ///< Whether they were kept off.

/// What code generation must have in common: processor, features, unwinding.
void copyTargetAttributes(const llvm::Function &From, llvm::Function &To);

} // namespace trace

#endif
