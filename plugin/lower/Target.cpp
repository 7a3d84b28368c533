//===- Target.cpp - the architecture that a function is compiled for ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Target.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;

namespace trace {

const Target *targetOf(const Function &F) {
  Triple T(F.getParent()->getTargetTriple());
  // An entry's key is as wide as the code's addresses; x32's are not.
  if (!T.isOSBinFormatELF() || T.isX32())
    return nullptr;
  StringRef Features = F.getFnAttribute("target-features").getValueAsString();
  return find_target(Triple::getArchTypeName(T.getArch()), Features);
}

CallingConv::ID slowCallConvention(const Function &F) {
  const Target *T = targetOf(F);
  return T && T->preserve_most ? CallingConv::PreserveMost : CallingConv::C;
}

} // namespace trace
