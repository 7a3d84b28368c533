//===- Shared.h - functions of which an image keeps one -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_SHARED_H
#define TRACE_PLUGIN_EMIT_SHARED_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace llvm {
class Function;
class FunctionType;
class Module;
class Twine;
} // namespace llvm

namespace trace {

/// Of several translation units' functions an image keeps any, so their names
/// tell all that they depend on: \p Shape, and the processor that they are for.
std::string hashOf(llvm::StringRef Shape, const llvm::Function &Like);

/// A function for slow paths, for code like that of \p Like. To be shared when
/// it gets its body: with all others of \p Group, a function's name.
llvm::Function *declareShared(llvm::Module &M, llvm::FunctionType *Type,
                              const llvm::Twine &Name,
                              const llvm::Function &Like);
void share(llvm::Function &F, llvm::StringRef Group);

/// The function that \p Prefix names. If it is not there yet, \p Write gives it
/// its body.
llvm::Function &
sharedFunction(llvm::StringRef Prefix, llvm::FunctionType *Type,
               const llvm::Function &Like,
               llvm::function_ref<void(llvm::Function &)> Write);

} // namespace trace

#endif
