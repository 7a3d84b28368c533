//===- Bounded.cpp - which loops a check may leave ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounded.h"
#include "split/Check.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace trace {

/// A larger loop gains little by the check's leaving and doubles its code.
static constexpr size_t InstructionsMax = 1000;

/// The blocks of \p L that run while every event is off.
static SmallSetVector<BasicBlock *, 16> blocksWhileOff(const Loop &L) {
  SmallSetVector<BasicBlock *, 16> Reached;
  Reached.insert(L.getHeader());
  for (size_t At = 0; At != Reached.size(); ++At) {
    BasicBlock *Off = sideWhileOff(*Reached[At]->getTerminator());
    for (BasicBlock *Next : successors(Reached[At]))
      if (L.contains(Next) && (!Off || Next == Off))
        Reached.insert(Next);
  }
  return Reached;
}

bool keepsChecks(const Instruction &I) {
  const auto *Call = dyn_cast<CallBase>(&I);
  if (!Call)
    return I.isVolatile() || I.isAtomic();
  if (isPointCheck(*Call))
    return Call->hasFnAttr(StaysAttribute);
  return !isa<IntrinsicInst>(Call) || Call->isVolatile() ||
         Call->hasFnAttr(Attribute::Convergent);
}

static std::string whyItKeepsChecks(const Instruction &I) {
  const auto *Call = dyn_cast<CallBase>(&I);
  if (!Call)
    return I.isVolatile() ? "the loop has a volatile access"
                          : "the loop has an atomic access";
  if (isPointCheck(*Call))
    return "another trace point in the loop is [[trace::immediate]]";
  if (Call->isInlineAsm())
    return "the loop contains assembly";
  const Function *Callee = Call->getCalledFunction();
  return ("the loop calls " + (Callee ? Callee->getName() : "a pointer")).str();
}

static bool leavesByAddress(const BasicBlock *Block) {
  return isa<IndirectBrInst, CallBrInst>(Block->getTerminator());
}

std::optional<std::string> whyChecksStay(const Loop &L, ScalarEvolution &SE) {
  if (!L.isInnermost())
    return "the loop contains another loop";
  const Function &F = *L.getHeader()->getParent();
  if (F.hasOptSize() || F.hasOptNone())
    return "the function is optimised for size or not at all";
  size_t Instructions = 0;
  for (const BasicBlock *Block : blocksWhileOff(L)) {
    Instructions += Block->size();
    for (const Instruction &I : *Block)
      if (keepsChecks(I))
        return whyItKeepsChecks(I);
  }
  if (Instructions > InstructionsMax)
    return "the loop is too large to be copied";
  if (isa<SCEVCouldNotCompute>(SE.getSymbolicMaxBackedgeTakenCount(&L)))
    return "how often the loop runs is not known before it starts";
  // What an indirect branch enters or leaves can't be given a preheader.
  if (!L.isSafeToClone() ||
      any_of(predecessors(L.getHeader()), leavesByAddress))
    return "the loop can't be copied";
  return std::nullopt;
}

} // namespace trace
