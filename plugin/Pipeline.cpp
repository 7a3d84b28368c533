//===- Pipeline.cpp - where the passes stand ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pipeline.h"
#include "Compat.h"
#include "lower/Lower.h"
#include "split/Split.h"

using namespace llvm;

namespace trace {

void registerPasses(PassBuilder &PB, const Reporter &R) {
  PB.registerPipelineStartEPCallback(
      [R](ModulePassManager &MPM, OptimizationLevel) {
        MPM.addPass(SplitPass(R));
      });
  atOptimizerLast(PB, LowerPass());

  // opt -passes=trace-split,trace-lower
  PB.registerPipelineParsingCallback(
      [R](StringRef Name, ModulePassManager &MPM,
          ArrayRef<PassBuilder::PipelineElement>) {
        if (Name == "trace-split")
          MPM.addPass(SplitPass(R));
        else if (Name == "trace-lower")
          MPM.addPass(LowerPass());
        else
          return false;
        return true;
      });
}

} // namespace trace
