//===- Thunk.h - the slow path's one call ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_THUNK_H
#define TRACE_PLUGIN_EMIT_THUNK_H

#include "Event.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/IR/CallingConv.h"
#include "llvm/IR/IRBuilder.h"

namespace trace {

/// void thunk(fields...): reserves a record of \p E, stores its fields, commits
/// it, all through the image's record. Throws nothing; no unwinding crosses it.
llvm::Function *makeThunk(llvm::Module &M, const Event &E,
                          llvm::GlobalVariable *Descriptor,
                          llvm::CallingConv::ID Convention,
                          const llvm::Twine &Name);

/// A call of \p Thunk with \p Arguments, converted to its parameters' types.
llvm::CallInst *callThunk(llvm::IRBuilder<> &B, llvm::Function &Thunk,
                          llvm::ArrayRef<llvm::Value *> Arguments);

/// Whether callThunk can convert values of \p From's parameter types.
bool takesArguments(const llvm::FunctionType &Thunk,
                    const llvm::FunctionType &From);

/// What code generation must have in common: processor, features, unwinding.
void copyTargetAttributes(const llvm::Function &From, llvm::Function &To);

} // namespace trace

#endif
