//===- Compat.h - what differs between LLVM versions ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The only file that may ask for LLVM_VERSION_MAJOR. Newest version first.
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_COMPAT_H
#define TRACE_PLUGIN_COMPAT_H

#include "llvm/Config/llvm-config.h"
#include "llvm/Passes/PassBuilder.h"

// The header moved in LLVM 22 (llvm-project PR #173287).
#if LLVM_VERSION_MAJOR >= 22
#include "llvm/Plugins/PassPlugin.h"
#else
#include "llvm/Passes/PassPlugin.h"
#endif

namespace trace {

/// Adds \p Pass where optimisation ends.
template <typename PassT>
void atOptimizerLast(llvm::PassBuilder &PB, PassT Pass) {
#if LLVM_VERSION_MAJOR >= 20
  PB.registerOptimizerLastEPCallback(
      [Pass](llvm::ModulePassManager &MPM, llvm::OptimizationLevel,
             llvm::ThinOrFullLTOPhase) { MPM.addPass(PassT(Pass)); });
#else
  PB.registerOptimizerLastEPCallback(
      [Pass](llvm::ModulePassManager &MPM, llvm::OptimizationLevel) {
        MPM.addPass(PassT(Pass));
      });
#endif
}

} // namespace trace

#endif
