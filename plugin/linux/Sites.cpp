//===- Sites.cpp - calls of events become Linux's own sites ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sites.h"
#include "collect/Collect.h"
#include "split/Check.h"
#include "split/Guard.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace trace {

LinuxSite linuxSiteOf(const Event &E, Function &F) {
  const Module &M = *F.getParent();
  LinuxSite Site;
  Site.Record = M.getFunction((linux_site::Prefix + E.Name).str());
  Site.Enabled = M.getFunction((linux_site::EnabledPrefix + E.Name).str());
  if (Site.Record && Site.Enabled)
    return Site;
  F.getContext().diagnose(DiagnosticInfoUnsupported(
      F, "trace point: its TRACE_EVENT was not compiled; with abi=linux, "
         "compile C from a file and to the end in one step"));
  return {};
}

void siteCall(CallInst &Call, const LinuxSite &Site, Purity &P) {
  Call.setTailCallKind(CallInst::TCK_None);
  BranchInst *Branch = guard(Call, P);
  IRBuilder<> B(Branch);
  B.SetCurrentDebugLocation(Call.getDebugLoc());
  Branch->setCondition(B.CreateCall(Site.Enabled));
  markGuard(*Branch);
  Call.setCalledFunction(Site.Record);
}

void siteEntry(Function &F, const Event &E, const LinuxSite &Site) {
  Instruction *At = nullptr;
  SmallVector<Value *, 8> Places = takeParameters(F, At);
  if (!At)
    At = &*F.getEntryBlock().getFirstNonPHIOrDbgOrAlloca();
  SmallVector<Value *, 8> Arguments;
  for (const Field &Each : E.Fields) {
    if (Each.Argument >= Places.size()) {
      F.getContext().diagnose(DiagnosticInfoUnsupported(
          F, "trace point: parameter '" + Each.Name +
                 "' can't be found at the function's entry"));
      return;
    }
    Arguments.push_back(Places[Each.Argument]);
  }
  IRBuilder<> B(At);
  if (DISubprogram *SP = F.getSubprogram())
    B.SetCurrentDebugLocation(
        DILocation::get(F.getContext(), SP->getScopeLine(), 0, SP));
  B.CreateCall(Site.Record, Arguments);
}

void releaseLinuxSites(Module &M) {
  removeFromUsedLists(M, [](Constant *C) {
    StringRef Name = C->stripPointerCasts()->getName();
    return Name.starts_with(linux_site::Prefix) ||
           Name.starts_with(linux_site::EnabledPrefix);
  });
}

} // namespace trace
