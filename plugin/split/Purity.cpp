//===- Purity.cpp - what may be left undone -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Purity.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace trace {

/// A variable of the function that \p I is in: gone when it returns.
static bool writesLocalsOnly(const Instruction &I) {
  const Value *To = nullptr;
  if (const auto *S = dyn_cast<StoreInst>(&I))
    To = S->isSimple() ? S->getPointerOperand() : nullptr;
  else if (const auto *Fill = dyn_cast<MemIntrinsic>(&I))
    To = Fill->isVolatile() ? nullptr : Fill->getRawDest();
  return To && isa<AllocaInst>(getUnderlyingObject(To));
}

static bool mayLoop(const Function &F) {
  for (auto I = scc_begin(&F); !I.isAtEnd(); ++I)
    if (I.hasCycle())
      return true;
  return false;
}

bool Purity::isPureCall(const CallBase &Call) {
  if (Call.onlyReadsMemory() && Call.doesNotThrow() && Call.willReturn())
    return true;
  if (const auto *II = dyn_cast<IntrinsicInst>(&Call))
    return II->isLifetimeStartOrEnd() || II->isAssumeLikeIntrinsic();
  const Function *Callee = Call.getCalledFunction();
  return Callee && isPure(*Callee);
}

bool Purity::isPure(const Instruction &I) {
  if (const auto *Call = dyn_cast<CallBase>(&I))
    return isPureCall(*Call);
  return !I.mayHaveSideEffects() && !I.isVolatile() && !I.isAtomic();
}

bool Purity::computeIsPure(const Function &F) {
  if (F.isDeclaration() || F.isInterposable() || F.isVarArg() || mayLoop(F))
    return false;
  // Only where control goes: what a pure callee would unwind to is never
  // reached, such as the end of a noexcept function.
  SmallSetVector<const BasicBlock *, 8> Reached;
  Reached.insert(&F.getEntryBlock());
  for (size_t At = 0; At != Reached.size(); ++At)
    for (const Instruction &I : *Reached[At]) {
      if (!isa<ReturnInst, BranchInst, SwitchInst, UnreachableInst, AllocaInst>(
              I) &&
          !writesLocalsOnly(I) && !isPure(I))
        return false;
      if (const auto *Invoke = dyn_cast<InvokeInst>(&I))
        Reached.insert(Invoke->getNormalDest());
      else if (I.isTerminator())
        Reached.insert(succ_begin(Reached[At]), succ_end(Reached[At]));
    }
  return true;
}

bool Purity::isPure(const Function &F) {
  // While F is looked into, it is not pure: recursion might not end.
  auto [Entry, New] = Known.try_emplace(&F, false);
  if (New)
    Known[&F] = computeIsPure(F);
  return Known[&F];
}

} // namespace trace
