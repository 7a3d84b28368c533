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
#include "llvm/IR/DebugInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Triple.h"

// The header moved in LLVM 22 (llvm-project PR #173287).
#if LLVM_VERSION_MAJOR >= 22
#include "llvm/Plugins/PassPlugin.h"
#else
#include "llvm/Passes/PassPlugin.h"
#endif

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Intrinsics.h"

namespace trace {

/// The thread pointer, in code for an architecture whose row in targets.h says
/// that LLVM has it.
inline llvm::Value *createThreadPointer(llvm::IRBuilderBase &B) {
#if LLVM_VERSION_MAJOR >= 21 // its type became a parameter
  return B.CreateIntrinsic(llvm::Intrinsic::thread_pointer, {B.getPtrTy()}, {});
#else
  return B.CreateIntrinsic(llvm::Intrinsic::thread_pointer, {}, {});
#endif
}

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

/// Makes position-independent code for \p Triple; null if LLVM has none.
inline std::unique_ptr<llvm::TargetMachine>
createTargetMachine(const std::string &Triple, llvm::StringRef CPU,
                    llvm::StringRef Features,
                    const llvm::TargetOptions &Options) {
  std::string Error;
#if LLVM_VERSION_MAJOR >= 22
  llvm::Triple Named(Triple);
#else
  const std::string &Named = Triple;
#endif
  const auto *Target = llvm::TargetRegistry::lookupTarget(Named, Error);
  if (!Target)
    return nullptr;
  return std::unique_ptr<llvm::TargetMachine>(Target->createTargetMachine(
      Named, CPU, Features, Options, llvm::Reloc::PIC_));
}

/// The debug records that describe a variable by \p V.
inline llvm::SmallVector<llvm::DbgVariableRecord *, 4>
debugRecordsOf(llvm::Value &V) {
  llvm::SmallVector<llvm::DbgVariableRecord *, 4> Records;
#if LLVM_VERSION_MAJOR >= 22
  llvm::findDbgUsers(&V, Records);
#else
  llvm::SmallVector<llvm::DbgVariableIntrinsic *, 1> Intrinsics;
  llvm::findDbgUsers(Intrinsics, &V, &Records);
#endif
  return Records;
}

} // namespace trace

#endif
