//===- Position.cpp - where in its block a site stands --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Position.h"
#include "split/Check.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"
#include "llvm/Transforms/Utils/ValueMapper.h"

using namespace llvm;

namespace trace {

static constexpr size_t SlowBlocksMax = 16;
/// Instructions that the slow path computes again.
static constexpr size_t ClonesMax = 16;

SlowBlocks slowBlocks(BasicBlock &First, const BasicBlock &From,
                      const BasicBlock &Rest) {
  SlowBlocks Slow;
  if (&First == &Rest || First.getSinglePredecessor() != &From)
    return Slow;
  Slow.insert(&First);
  for (size_t At = 0; At != Slow.size() && Slow.size() <= SlowBlocksMax; ++At)
    for (BasicBlock *Next : successors(Slow[At]))
      if (Next != &Rest)
        Slow.insert(Next);
  bool Closed =
      Slow.size() <= SlowBlocksMax && all_of(Slow, [&](const BasicBlock *B) {
        return B == &First || all_of(predecessors(B), [&](auto *P) {
                 return Slow.contains(const_cast<BasicBlock *>(P));
               });
      });
  return Closed ? Slow : SlowBlocks();
}

namespace {

class Move {
public:
  Move(CallInst &Check, BranchInst &Branch)
      : Check(Check), Branch(Branch), Head(*Branch.getParent()),
        Rest(*Branch.getSuccessor(1)),
        Slow(slowBlocks(*Branch.getSuccessor(0), Head, Rest)) {}

  bool possible() const { return !Slow.empty() && joinsWithoutValue(); }

  void run() {
    Instruction *First = findFirst();
    if (!First)
      return;
    cloneIntoSlow();
    Check.moveBefore(Head, First->getIterator());
    split(First->getIterator());
    for (Instruction *I : Needed)
      if (isInstructionTriviallyDead(I))
        I->eraseFromParent();
  }

private:
  /// The slow path comes back with nothing but what it found.
  bool joinsWithoutValue() const {
    return all_of(Rest.phis(), [&](const PHINode &Phi) {
      const Value *Straight = Phi.getIncomingValueForBlock(&Head);
      return all_of(Slow, [&](const BasicBlock *B) {
        int At = Phi.getBasicBlockIndex(B);
        return At < 0 || Phi.getIncomingValue(At) == Straight;
      });
    });
  }

  static bool onlyComputes(const Instruction &I) {
    if (const auto *Call = dyn_cast<CallBase>(&I))
      if (Call->isInlineAsm() || Call->isConvergent())
        return false;
    return !isa<PHINode, AllocaInst>(I) && !I.isEHPad() && !I.isTerminator() &&
           !I.mayReadOrWriteMemory() && !I.mayHaveSideEffects() &&
           !I.getType()->isTokenTy();
  }

  bool slowPathNeeds(const Instruction &I) const {
    return any_of(I.users(), [&](const User *U) {
      auto *User = cast<Instruction>(const_cast<llvm::User *>(U));
      return Slow.contains(User->getParent()) || Needed.contains(User);
    });
  }

  /// Where the site will stand: before this instruction. Null: it stays.
  Instruction *findFirst() {
    Instruction *First = nullptr;
    for (Instruction *I = Branch.getPrevNode(); I; I = I->getPrevNode()) {
      if (I == &Check)
        continue;
      if (!onlyComputes(*I))
        break;
      if (slowPathNeeds(*I)) {
        if (Needed.size() == ClonesMax)
          break;
        Needed.insert(I);
      }
      First = I;
    }
    return First;
  }

  void cloneIntoSlow() {
    ValueToValueMapTy Map;
    auto At = Slow.front()->getFirstInsertionPt();
    for (Instruction *I : reverse(Needed)) {
      Instruction *Copy = I->clone();
      Copy->insertInto(Slow.front(), At);
      RemapInstruction(Copy, Map,
                       RF_NoModuleLevelChanges | RF_IgnoreMissingLocals);
      Map[I] = Copy;
    }
    for (Instruction *I : Needed)
      I->replaceUsesWithIf(Map[I], [&](const Use &U) {
        return Slow.contains(cast<Instruction>(U.getUser())->getParent());
      });
  }

  /// Ends the block before \p At with the branch. The slow path comes back to
  /// what follows.
  void split(BasicBlock::iterator At) {
    BasicBlock *Body = Head.splitBasicBlock(At, "trace.off");
    Head.getTerminator()->eraseFromParent();
    BranchInst::Create(&Rest, Branch.getIterator())
        ->setDebugLoc(Branch.getDebugLoc());
    Branch.removeFromParent();
    Branch.insertInto(&Head, Head.end());
    Branch.setSuccessor(1, Body);
    for (BasicBlock *B : Slow)
      if (is_contained(successors(B), &Rest)) {
        Rest.removePredecessor(B, /*KeepOneInputPHIs=*/true);
        B->getTerminator()->replaceSuccessorWith(&Rest, Body);
      }
    MergeBlockIntoPredecessor(&Rest); // where nothing else leads to it
  }

  CallInst &Check;
  BranchInst &Branch;
  BasicBlock &Head, &Rest;
  SlowBlocks Slow;
  /// What the slow path computes again; users before what they use.
  SmallSetVector<Instruction *, ClonesMax> Needed;
};

} // namespace

void moveUp(CallInst &Check, BranchInst &Branch) {
  Move M(Check, Branch);
  if (M.possible())
    M.run();
}

} // namespace trace
