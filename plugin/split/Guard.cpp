//===- Guard.cpp - a call and what only it needs, behind a check ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This runs before any optimisation, where an argument's evaluation stands
// directly before the call, in the order of the source. So the instructions to
// move are found by walking back from the call, first through its block, then,
// while all of a block belongs to the call, through the blocks before it.
//
//===----------------------------------------------------------------------===//

#include "Guard.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace trace {
namespace {

/// More blocks than an argument has.
constexpr unsigned RegionBlocksMax = 16;

class Region {
public:
  Region(CallInst &Call, Purity &P)
      : Call(Call), P(P), Head(Call.getParent()), End(&Call) {
    Members.insert(&Call);
  }

  void grow() {
    while (growInHead() && growBeforeHead())
      ;
  }

  BranchInst *split();

private:
  bool usedInsideOnly(const Instruction &I) const {
    return all_of(I.users(), [&](const User *U) {
      return Members.contains(cast<Instruction>(U));
    });
  }

  bool isTemporarysWrite(const Instruction &I) const;
  bool growInHead();
  bool growBeforeHead();
  bool collectInner(BasicBlock *Top,
                    SmallPtrSetImpl<BasicBlock *> &Inner) const;
  bool isAllInside(BasicBlock *Top, ArrayRef<BasicBlock *> Inner,
                   SmallPtrSetImpl<Instruction *> &All) const;

  CallInst &Call;
  Purity &P;
  BasicBlock *Head; ///< The block that the guard will stand in.
  Instruction *End; ///< In Head: the call, or a terminator inside the region.
  SmallPtrSet<Instruction *, 32> Members;
};

/// The variable that \p I writes to and does nothing else with; null: none.
static const AllocaInst *written(const Instruction &I) {
  const Value *To = nullptr;
  if (const auto *S = dyn_cast<StoreInst>(&I))
    To = S->isSimple() ? S->getPointerOperand() : nullptr;
  else if (const auto *M = dyn_cast<MemIntrinsic>(&I))
    To = M->isVolatile() ? nullptr : M->getRawDest();
  return To ? dyn_cast<AllocaInst>(getUnderlyingObject(To)) : nullptr;
}

/// Whether \p I copies to a temporary that only the region reads: a struct that
/// is passed in memory. (Not what stores a parameter: a debugger shows that.)
bool Region::isTemporarysWrite(const Instruction &I) const {
  const AllocaInst *Temporary = isa<MemTransferInst>(I) ? written(I) : nullptr;
  if (!Temporary || !is_contained(Call.args(), Temporary))
    return false;
  // Another write that stays may not come to stand before this one.
  auto IsNotBehind = [&](const Instruction &Other) {
    return Other.getParent() != I.getParent() || !I.comesBefore(&Other);
  };
  SmallVector<const Value *, 4> Addresses = {Temporary};
  for (size_t At = 0; At != Addresses.size(); ++At)
    for (const User *U : Addresses[At]->users()) {
      const auto *Use = cast<Instruction>(U);
      if (isa<GetElementPtrInst>(Use))
        Addresses.push_back(Use);
      else if (!Members.contains(Use) && !Use->isLifetimeStartOrEnd() &&
               !(written(*Use) == Temporary && IsNotBehind(*Use)))
        return false;
    }
  return true;
}

/// Takes what it can of Head before End. True if that was all of it.
bool Region::growInHead() {
  bool All = true, Clobbered = false;
  for (Instruction *I = End->getPrevNode(); I; I = I->getPrevNode()) {
    bool Movable = P.isPure(*I) && !isa<AllocaInst>(I) && !I->isEHPad() &&
                   !I->getType()->isVoidTy() && usedInsideOnly(*I);
    Movable |= isTemporarysWrite(*I);
    Movable &= !(Clobbered && I->mayReadFromMemory());
    if (Movable) {
      Members.insert(I);
      continue;
    }
    All = false;
    Clobbered |= I->mayWriteToMemory();
  }
  return All;
}

/// The blocks between \p Top and Head.
bool Region::collectInner(BasicBlock *Top,
                          SmallPtrSetImpl<BasicBlock *> &Inner) const {
  SmallVector<BasicBlock *, 8> Work(predecessors(Head));
  while (!Work.empty()) {
    BasicBlock *B = Work.pop_back_val();
    if (B == Top || !Inner.insert(B).second)
      continue;
    if (B == Head || Inner.size() > RegionBlocksMax || pred_empty(B))
      return false;
    append_range(Work, predecessors(B));
  }
  return true;
}

/// Whether control that leaves \p Top reaches Head only, has no effect on its
/// way, and makes no value that is needed elsewhere.
bool Region::isAllInside(BasicBlock *Top, ArrayRef<BasicBlock *> Inner,
                         SmallPtrSetImpl<Instruction *> &All) const {
  auto StaysInside = [&](BasicBlock *B) {
    return all_of(successors(B), [&](BasicBlock *Next) {
      return Next == Head || is_contained(Inner, Next);
    });
  };
  if (!isa<BranchInst, SwitchInst>(Top->getTerminator()) || !StaysInside(Top))
    return false;
  All.insert(Top->getTerminator());
  for (BasicBlock *B : Inner) {
    if (!isa<BranchInst, SwitchInst>(B->getTerminator()) || !StaysInside(B))
      return false;
    for (Instruction &I : *B) {
      if (!I.isTerminator() && (!P.isPure(I) || isa<AllocaInst>(I)))
        return false;
      All.insert(&I);
    }
  }
  return all_of(All, [&](Instruction *I) {
    return all_of(I->users(), [&](User *U) {
      auto *Use = cast<Instruction>(U);
      return Members.contains(Use) || All.contains(Use);
    });
  });
}

/// Head belongs to the call as a whole: goes on before it. True if it could.
bool Region::growBeforeHead() {
  if (Head->isEntryBlock() || Head->hasAddressTaken())
    return false;
  DominatorTree Tree(*Head->getParent());
  auto *Node = Tree.getNode(Head);
  if (!Node || !Node->getIDom())
    return false;
  BasicBlock *Top = Node->getIDom()->getBlock();
  SmallPtrSet<BasicBlock *, 8> Inner;
  if (!collectInner(Top, Inner))
    return false;
  SmallVector<BasicBlock *, 8> Blocks(Inner.begin(), Inner.end());
  SmallPtrSet<Instruction *, 32> All;
  if (!isAllInside(Top, Blocks, All))
    return false;
  // Nothing may be left to gain, and then the blocks stay as they are.
  if (Blocks.empty() && &Top->front() == Top->getTerminator())
    return false;
  Members.insert(All.begin(), All.end());
  Head = Top;
  End = Top->getTerminator();
  return true;
}

BranchInst *Region::split() {
  BasicBlock *CallBlock = Call.getParent();
  BasicBlock *Rest =
      CallBlock->splitBasicBlock(Call.getNextNode(), "trace.off");
  // Phis stay at the top of their block.
  SmallVector<Instruction *, 16> Moved;
  for (Instruction *I = End->getPrevNode(); I; I = I->getPrevNode())
    if (Members.contains(I) && !isa<PHINode>(I))
      Moved.push_back(I);
  BasicBlock *Slow = Head->splitBasicBlock(End, "trace.on");
  for (Instruction *I : Moved)
    I->moveBefore(*Slow, Slow->begin());
  Instruction *Old = Head->getTerminator();
  auto *Branch = BranchInst::Create(
      Slow, Rest, PoisonValue::get(Type::getInt1Ty(Call.getContext())), Head);
  Branch->setDebugLoc(Call.getDebugLoc());
  Old->eraseFromParent();
  return Branch;
}

} // namespace

BranchInst *guard(CallInst &Call, Purity &P) {
  Region R(Call, P);
  R.grow();
  return R.split();
}

static bool comesFromEffect(const Value *V, Purity &P,
                            SmallPtrSetImpl<const Value *> &Seen) {
  const auto *I = dyn_cast<Instruction>(V);
  if (!I || !Seen.insert(I).second)
    return false;
  if (isa<CallBase>(I) && !P.isPure(*I))
    return true;
  return any_of(I->operands(), [&](const Use &Operand) {
    return comesFromEffect(Operand, P, Seen);
  });
}

void findEffects(const CallInst &Call, Purity &P,
                 SmallVectorImpl<unsigned> &Arguments) {
  for (auto [Index, A] : enumerate(Call.args())) {
    SmallPtrSet<const Value *, 16> Seen;
    if (comesFromEffect(A, P, Seen))
      Arguments.push_back(Index);
  }
}

} // namespace trace
