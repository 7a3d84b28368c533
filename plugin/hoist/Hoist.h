//===- Hoist.h - checks leave loops ---------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_HOIST_HOIST_H
#define TRACE_PLUGIN_HOIST_HOIST_H

#include "llvm/IR/PassManager.h"

namespace trace {

/// Between split and lower, before LLVM's own loop passes: a loop with checks
/// that ends in bounded time becomes two,
///
///     check the keys once ── all off ──▶ the loop without trace points
///                         ╲─ one on ───▶ the loop as it was
///
/// so that LLVM's loop passes see the first as if there were no trace points.
/// Each key costs one check before the loop, however many sites it had inside.
class HoistPass : public llvm::PassInfoMixin<HoistPass> {
public:
  llvm::PreservedAnalyses run(llvm::Function &F,
                              llvm::FunctionAnalysisManager &Analyses);
};

} // namespace trace

#endif
