//===- Members.cpp - the structs of layout.h as IR ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Members.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Module.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;

namespace trace {

bool isELF(const Module &M) {
  const Triple T(M.getTargetTriple()); // NOLINT: a text in LLVM 19
  // PTX has no sections, whatever its triple says.
  return T.isOSBinFormatELF() && !T.isNVPTX();
}

static void leaveUninstrumented(GlobalObject &G) {
  if (auto *V = dyn_cast<GlobalVariable>(&G)) {
    GlobalValue::SanitizerMetadata None;
    None.NoAddress = true;
    None.NoHWAddress = true;
    V->setSanitizerMetadata(None);
    return;
  }
  auto &F = cast<Function>(G);
  F.addFnAttr(Attribute::DisableSanitizerInstrumentation);
  F.addFnAttr(Attribute::NoSanitizeCoverage);
  F.addFnAttr(Attribute::NoProfile);
}

void markShared(GlobalObject &G, Comdat *Group) {
  G.setVisibility(GlobalValue::HiddenVisibility);
  G.setDSOLocal(true);
  G.setComdat(Group);
  leaveUninstrumented(G);
}

void markOwn(GlobalObject &G) {
  G.setLinkage(GlobalValue::InternalLinkage);
  leaveUninstrumented(G);
}

} // namespace trace
