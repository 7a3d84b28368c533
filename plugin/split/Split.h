//===- Split.h - calls of trace points become guarded slow paths ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_SPLIT_SPLIT_H
#define TRACE_PLUGIN_SPLIT_SPLIT_H

#include "Options.h"
#include "Reporter.h"
#include "llvm/IR/PassManager.h"

namespace trace {

/// The first phase, before any optimisation: each site becomes
///
///     %on = call i1 @__trace_check(ptr @key, i1 false)
///     br i1 %on, label %slow, label %rest, !prof unlikely
///
/// with the call of the event's thunk, and everything only it needs, in %slow.
/// From here on LLVM sees an ordinary, very unlikely branch and optimises
/// around it; lower makes it a static branch at the end. With
/// abi=linux this pass itself makes it the `asm goto` of Linux's header. Does
/// nothing to a module that it has seen before.
class SplitPass : public llvm::PassInfoMixin<SplitPass> {
public:
  explicit SplitPass(Reporter R = {}, Options Opts = {})
      : R(std::move(R)), Opts(std::move(Opts)) {}
  llvm::PreservedAnalyses run(llvm::Module &M, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }

private:
  Reporter R;
  Options Opts;
};

} // namespace trace

#endif
