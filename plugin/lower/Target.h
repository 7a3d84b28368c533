//===- Target.h - the architecture that a function is compiled for --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LOWER_TARGET_H
#define TRACE_PLUGIN_LOWER_TARGET_H

#include "trace/targets.h"
#include "llvm/IR/CallingConv.h"

namespace llvm {
class Function;
} // namespace llvm

namespace trace {

/// The row of the target table for \p F; null: it has no static branch, and
/// sites load and test their key. A function can differ from its module: ARM's
/// has both instruction sets.
const Target *targetOf(const llvm::Function &F);

/// The convention of the call on the slow path of \p F.
llvm::CallingConv::ID slowCallConvention(const llvm::Function &F);

} // namespace trace

#endif
