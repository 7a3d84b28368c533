//===- PassPlugin.cpp - the passes for opt, llc and -fpass-plugin ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compat.h"
#include "Pipeline.h"

extern "C" __attribute__((visibility("default"))) llvm::PassPluginLibraryInfo
llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "trace", TRACE_VERSION,
          [](llvm::PassBuilder &PB) { trace::registerPasses(PB, {}, {}); }};
}
