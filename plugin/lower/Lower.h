//===- Lower.h - checks become static branches ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LOWER_LOWER_H
#define TRACE_PLUGIN_LOWER_LOWER_H

#include "llvm/IR/PassManager.h"

namespace trace {

/// The second phase, after optimisation: each branch on a check becomes a
/// `callbr` with the architecture's sequence, or, on an architecture without
/// one, a branch on the loaded key.
class LowerPass : public llvm::PassInfoMixin<LowerPass> {
public:
  llvm::PreservedAnalyses run(llvm::Module &M, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

} // namespace trace

#endif
