//===- Purity.h - what may be left undone ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_SPLIT_PURITY_H
#define TRACE_PLUGIN_SPLIT_PURITY_H

#include "llvm/ADT/DenseMap.h"

namespace llvm {
class CallBase;
class Function;
class Instruction;
} // namespace llvm

namespace trace {

/// Knows which instructions have no effect but their value: they write nothing
/// that outlives them, don't throw, and end. It looks into the functions that
/// are called, before any inlining: so that a plain getter, which inlining
/// would dissolve, is as good as the load in it.
class Purity {
public:
  bool isPure(const llvm::Instruction &I);
  bool isPure(const llvm::Function &F);

private:
  bool isPureCall(const llvm::CallBase &Call);
  bool computeIsPure(const llvm::Function &F);

  llvm::DenseMap<const llvm::Function *, bool> Known;
};

} // namespace trace

#endif
