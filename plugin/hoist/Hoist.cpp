//===- Hoist.cpp - checks leave loops -------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM's own SimpleLoopUnswitch would do much of this, were the check invariant
// to it. But it is off at -O2, copies the loop once for each key, so 2^keys
// times, and would move the check out of loops that wait for the toggle.
//
//===----------------------------------------------------------------------===//

#include "Hoist.h"
#include "Bounded.h"
#include "split/Check.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/Local.h"
#include "llvm/Transforms/Utils/LoopSimplify.h"
#include "llvm/Transforms/Utils/LoopUtils.h"

using namespace llvm;

namespace trace {
namespace {

/// Whether \p I is a call of \p Check that is not to stay where it is.
bool mayLeave(const Instruction &I, const Function *Check) {
  const auto *Call = dyn_cast<CallInst>(&I);
  return Call && Call->getCalledOperand() == Check &&
         !Call->hasFnAttr(StaysAttribute) &&
         isa<Constant>(Call->getArgOperand(0));
}

bool branchesOnCheck(const BasicBlock &Block, const Function *Check) {
  const auto *Branch = dyn_cast<BranchInst>(Block.getTerminator());
  if (!Branch || !Branch->isConditional())
    return false;
  const Value *Condition = Branch->getCondition();
  PatternMatch::match(Condition,
                      PatternMatch::m_Not(PatternMatch::m_Value(Condition)));
  const auto *I = dyn_cast<Instruction>(Condition);
  return I && mayLeave(*I, Check);
}

/// Whether control may come back to \p From and pass nothing on its way that
/// keeps checks in a loop. Looks at \p BlocksLeft at most, then says yes.
bool mayComeBack(const BasicBlock &From, unsigned &BlocksLeft) {
  SmallPtrSet<const BasicBlock *, 16> Seen;
  SmallVector<const BasicBlock *, 16> Next = {&From};
  while (!Next.empty()) {
    if (BlocksLeft == 0)
      return true;
    --BlocksLeft;
    const BasicBlock *Block = Next.pop_back_val();
    if (any_of(*Block, keepsChecks))
      continue;
    for (const BasicBlock *Follower : successors(Block)) {
      if (Follower == &From)
        return true;
      if (Seen.insert(Follower).second)
        Next.push_back(Follower);
    }
  }
  return false;
}

/// By the function's instructions and not the check's users: those are the
/// module's, and every function of it comes here, several times. So without
/// LoopAnalysis, too, which few of them need.
bool mayContainLoopsWithChecks(Function &F,
                               const FunctionAnalysisManager &Analyses) {
  const Function *Check = F.getParent()->getFunction(CheckName);
  if (!Check || Check->use_empty())
    return false;
  const bool AreValues = Check->hasFnAttribute(ValuesAttribute);
  auto ContainsCheck = [&](const BasicBlock *Block) {
    return AreValues ? any_of(*Block,
                              [&](const Instruction &I) {
                                return mayLeave(I, Check);
                              })
                     : branchesOnCheck(*Block, Check);
  };
  if (const LoopInfo *Loops = Analyses.getCachedResult<LoopAnalysis>(F))
    return any_of(*Loops, [&](const Loop *L) {
      return any_of(L->blocks(), ContainsCheck);
    });
  // For all checks, or the time would grow with the square of their number.
  unsigned BlocksLeft = 1000;
  // Nothing leads back to the entry.
  return any_of(drop_begin(F), [&](const BasicBlock &Block) {
    return ContainsCheck(&Block) && mayComeBack(Block, BlocksLeft);
  });
}

SmallVector<CallInst *, 4> checksIn(const Loop &L) {
  SmallVector<CallInst *, 4> Checks;
  const Function *Check = L.getHeader()->getModule()->getFunction(CheckName);
  for (BasicBlock *Block : L.blocks())
    for (Instruction &I : *Block)
      if (mayLeave(I, Check))
        Checks.push_back(cast<CallInst>(&I));
  return Checks;
}

/// Makes two loops of one. The one that exists becomes the one without checks.
class Versioning {
public:
  Versioning(Loop &L, ArrayRef<CallInst *> Checks)
      : L(L), Checks(Checks), F(*L.getHeader()->getParent()) {}

  void run() {
    BasicBlock *Before = L.getLoopPreheader();
    auto *Enter = BasicBlock::Create(F.getContext(), "trace.enter", &F);
    BasicBlock *Last = insertChecks(Before, Enter);
    L.getHeader()->replacePhiUsesWith(Before, Last);
    copyInto(Enter, Last);
    for (CallInst *Check : Checks) {
      Check->replaceAllUsesWith(ConstantInt::getFalse(F.getContext()));
      Check->eraseFromParent();
    }
    for (BasicBlock *Block : L.blocks())
      ConstantFoldTerminator(Block, /*DeleteDeadConditions=*/true);
    removeUnreachableBlocks(F);
  }

private:
  /// One check a key, each of which may lead to \p Enter. Returns the block
  /// from which the loop is then entered.
  BasicBlock *insertChecks(BasicBlock *Before, BasicBlock *Enter) {
    MapVector<Value *, CallInst *> First;
    for (CallInst *Check : Checks)
      First.insert({Check->getArgOperand(0), Check});
    BasicBlock *Last = Before;
    for (auto &[Key, InLoop] : First) {
      BasicBlock *Next = SplitBlock(Last, Last->getTerminator());
      Last->getTerminator()->eraseFromParent();
      IRBuilder<> B(Last);
      B.SetCurrentDebugLocation(InLoop->getDebugLoc());
      CallInst *Check = createCheck(B, Key, placeOf(*InLoop));
      Check->addFnAttr(Attribute::get(F.getContext(), LeftAttribute));
      markGuard(*B.CreateCondBr(Check, Enter, Next));
      Last = Next;
    }
    return Last;
  }

  /// Copies the loop, entered from \p Enter instead of \p Before.
  void copyInto(BasicBlock *Enter, BasicBlock *Before) {
    ValueToValueMapTy Map;
    SmallVector<BasicBlock *, 16> Copies;
    Map[Before] = Enter;
    for (BasicBlock *Block : L.blocks()) {
      Copies.push_back(CloneBasicBlock(Block, Map, ".trace", &F));
      Map[Block] = Copies.back();
    }
    remapInstructionsInBlocks(Copies, Map);
    BranchInst::Create(cast<BasicBlock>(Map[L.getHeader()]), Enter)
        ->setDebugLoc(Before->getTerminator()->getDebugLoc());
    joinExits(Map);
    for (CallInst *Check : Checks)
      cast<CallInst>(Map[Check])
          ->addFnAttr(Attribute::get(F.getContext(), StaysAttribute, "copy"));
    leaveAsItIs(*cast<BasicBlock>(Map[L.getLoopLatch()])->getTerminator());
  }

  /// In LCSSA form every value that is used behind the loop passes through a
  /// phi of an exit.
  void joinExits(ValueToValueMapTy &Map) {
    SmallVector<BasicBlock *, 4> Exits;
    L.getUniqueExitBlocks(Exits);
    for (BasicBlock *Exit : Exits)
      for (PHINode &Phi : Exit->phis())
        for (unsigned I = 0, End = Phi.getNumIncomingValues(); I != End; ++I) {
          Value *From = Phi.getIncomingValue(I);
          Value *Copy = Map.lookup(From);
          Phi.addIncoming(Copy ? Copy : From, cast<BasicBlock>(Map.lookup(
                                                  Phi.getIncomingBlock(I))));
        }
  }

  /// The copy runs while something is traced: no more code for its speed.
  static void leaveAsItIs(Instruction &Latch) {
    LLVMContext &C = Latch.getContext();
    auto *Unroll = MDNode::get(C, MDString::get(C, "llvm.loop.unroll.disable"));
    auto *Self = MDNode::getDistinct(C, {nullptr, Unroll});
    Self->replaceOperandWith(0, Self);
    Latch.setMetadata(LLVMContext::MD_loop, Self);
  }

  Loop &L;
  ArrayRef<CallInst *> Checks;
  Function &F;
};

/// Makes two loops of one that qualifies. False if there is none, and \p F is
/// as it was.
bool hoistOne(Function &F, FunctionAnalysisManager &Analyses) {
  auto &Loops = Analyses.getResult<LoopAnalysis>(F);
  for (Loop *L : Loops.getLoopsInPreorder()) {
    SmallVector<CallInst *, 4> Checks = checksIn(*L);
    if (Checks.empty())
      continue;
    auto &SE = Analyses.getResult<ScalarEvolutionAnalysis>(F);
    if (whyChecksStay(*L, SE))
      continue;
    auto &Tree = Analyses.getResult<DominatorTreeAnalysis>(F);
    auto &Assumptions = Analyses.getResult<AssumptionAnalysis>(F);
    simplifyLoop(L, &Tree, &Loops, &SE, &Assumptions, nullptr,
                 /*PreserveLCSSA=*/false);
    formLCSSA(*L, Tree, &Loops, &SE);
    Versioning(*L, Checks).run();
    return true;
  }
  return false;
}

} // namespace

PreservedAnalyses HoistPass::run(Function &F,
                                 FunctionAnalysisManager &Analyses) {
  bool Changed = false;
  while (mayContainLoopsWithChecks(F, Analyses) && hoistOne(F, Analyses)) {
    Analyses.invalidate(F, PreservedAnalyses::none());
    Changed = true;
  }
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace trace
