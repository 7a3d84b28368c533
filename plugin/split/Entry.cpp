//===- Entry.cpp - the site at a traced function's entry ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Entry.h"
#include "Check.h"
#include "collect/Collect.h"
#include "emit/Parts.h"
#include "emit/Places.h"
#include "emit/Thunk.h"
#include "emit/Usdt.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace trace {

void insertEntrySite(Function &F, const Event &E, const Parts &P, bool Probe) {
  Instruction *At = nullptr;
  SmallVector<Value *, 8> Places = takeParameters(F, At);
  if (!At)
    At = &*F.getEntryBlock().getFirstNonPHIOrDbgOrAlloca();
  BasicBlock *Head = At->getParent();
  BasicBlock *Rest = Head->splitBasicBlock(At->getIterator(), "trace.off");
  auto *Slow = BasicBlock::Create(F.getContext(), "trace.on", &F, Rest);
  Head->getTerminator()->eraseFromParent();

  IRBuilder<> B(Head);
  if (DISubprogram *SP = F.getSubprogram())
    B.SetCurrentDebugLocation(
        DILocation::get(F.getContext(), SP->getScopeLine(), 0, SP));
  if (Probe)
    emitUsdt(B, E, valuesAt(B, F, E, Places));
  // Its place, and that of its inlined copies, is the descriptor's.
  CallInst *Check = createCheck(B, P.Key, std::nullopt, E.Immediate);
  markGuard(*B.CreateCondBr(Check, Slow, Rest));
  B.SetInsertPoint(Slow);
  callThunk(B, *P.Thunk, valuesAt(B, F, E, Places));
  B.CreateBr(Rest);
}

} // namespace trace
