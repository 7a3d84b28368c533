//===- Lower.cpp - checks become static branches --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lower.h"
#include "Detour.h"
#include "LinuxBranch.h"
#include "Position.h"
#include "Registers.h"
#include "Report.h"
#include "Sequence.h"
#include "emit/RecordFunction.h"
#include "split/Check.h"
#include "trace/layout.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Analysis/ConstantFolding.h"
#include "llvm/Analysis/OptimizationRemarkEmitter.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/InstCombine/InstCombine.h"
#include "llvm/Transforms/Scalar/JumpThreading.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/PromoteMemToReg.h"

using namespace llvm;

namespace trace {
namespace {

using Checks = SmallVector<CallInst *, 4>;

Checks checksIn(Function &F) {
  Checks All;
  for (Instruction &I : instructions(F))
    if (isCheck(I))
      All.push_back(cast<CallInst>(&I));
  return All;
}

/// As they follow in their function's code.
void sortByPosition(Checks &All, const Function &F) {
  if (All.size() < 2)
    return;
  DenseMap<const BasicBlock *, size_t> Position;
  for (auto [Index, Block] : enumerate(F))
    Position[&Block] = Index;
  sort(All, [&](const CallInst *A, const CallInst *B) {
    return A->getParent() == B->getParent()
               ? A->comesBefore(B)
               : Position[A->getParent()] < Position[B->getParent()];
  });
}

/// Those of every function that has any. By the checks' users: to look at all
/// instructions of a module takes as long as to lower its checks.
DenseMap<const Function *, Checks> checksByFunction(Module &M) {
  DenseMap<const Function *, Checks> Result;
  for (Function &Check : M)
    if (Check.isDeclaration() && Check.hasFnAttribute(BranchAttribute))
      for (User *Each : Check.users())
        if (auto *Call = dyn_cast<CallInst>(Each); Call && isCheck(*Call))
          Result[Call->getFunction()].push_back(Call);
  for (auto &[F, All] : Result)
    sortByPosition(All, *F);
  return Result;
}

/// The key's address, a link-time constant; null if it is none.
Constant *keyOf(const CallInst &Check) {
  auto *Key = dyn_cast<Constant>(Check.getArgOperand(0));
  return Key && isa<GlobalVariable>(Key->stripInBoundsConstantOffsets())
             ? Key
             : nullptr;
}

ConstantInt *branchOf(const CallInst &Check) {
  return dyn_cast<ConstantInt>(Check.getArgOperand(1));
}

bool isConstant(const CallInst &Check) {
  return keyOf(Check) && branchOf(Check);
}

/// At -O0 the parameters of an always_inline caller pass through memory, a bool
/// as a byte.
void makeConstant(Function &F) {
  SmallVector<AllocaInst *, 16> Promotable;
  for (Instruction &I : F.getEntryBlock())
    if (auto *A = dyn_cast<AllocaInst>(&I); A && isAllocaPromotable(A))
      Promotable.push_back(A);
  DominatorTree Tree(F);
  PromoteMemToReg(Promotable, Tree);
  const DataLayout &Layout = F.getParent()->getDataLayout();
  for (Instruction &I : make_early_inc_range(instructions(F)))
    if (Constant *Value = ConstantFoldInstruction(&I, Layout)) {
      I.replaceAllUsesWith(Value);
      I.eraseFromParent();
    }
}

/// A branch with a block of its own on each side.
struct Diamond {
  BranchInst *Branch;
  BasicBlock *On, *Off, *Rest;
};

/// Puts a branch on \p Check before \p At, in the same block.
Diamond branchBefore(Instruction &At, CallInst &Check) {
  BasicBlock *Head = At.getParent();
  LLVMContext &C = Check.getContext();
  Diamond D;
  D.Rest = Head->splitBasicBlock(At.getIterator(), "trace.value");
  D.On = BasicBlock::Create(C, "trace.on", Head->getParent(), D.Rest);
  D.Off = BasicBlock::Create(C, "trace.off", Head->getParent(), D.Rest);
  IRBuilder<>(D.On).CreateBr(D.Rest);
  IRBuilder<>(D.Off).CreateBr(D.Rest);
  Head->getTerminator()->eraseFromParent();
  D.Branch = IRBuilder<>(Head).CreateCondBr(&Check, D.On, D.Off);
  markGuard(*D.Branch);
  return D;
}

PHINode *choose(const Diamond &D, Value *IfOn, Value *IfOff) {
  IRBuilder<> B(D.Rest, D.Rest->begin());
  PHINode *Value = B.CreatePHI(IfOn->getType(), 2);
  Value->addIncoming(IfOn, D.On);
  Value->addIncoming(IfOff, D.Off);
  return Value;
}

/// The check's value is used where a branch is wanted: by a select, a phi, as a
/// number. Gives it a branch, and its users what they choose by it.
void branchOn(CallInst &Check) {
  if (auto *S =
          Check.hasOneUse() ? dyn_cast<SelectInst>(Check.user_back()) : nullptr;
      S && S->getCondition() == &Check && S->getParent() == Check.getParent()) {
    Diamond D = branchBefore(*S, Check);
    S->replaceAllUsesWith(choose(D, S->getTrueValue(), S->getFalseValue()));
    S->eraseFromParent();
    return;
  }
  Diamond D = branchBefore(*Check.getNextNode(), Check);
  LLVMContext &C = Check.getContext();
  PHINode *Value = choose(D, ConstantInt::getTrue(C), ConstantInt::getFalse(C));
  Check.replaceUsesWithIf(
      Value, [&](const Use &U) { return U.getUser() != D.Branch; });
}

/// The branch that \p Check alone decides and nothing else uses, if there is
/// one.
BranchInst *ownBranch(CallInst &Check) {
  if (!Check.hasOneUse())
    return nullptr;
  auto *Branch = dyn_cast<BranchInst>(Check.user_back());
  return Branch && Branch->getParent() == Check.getParent() ? Branch : nullptr;
}

/// `!check` in the condition of a branch only swaps its successors.
void absorbNot(CallInst &Check) {
  if (!Check.hasOneUse())
    return;
  auto *Not = dyn_cast<BinaryOperator>(Check.user_back());
  if (!Not || !Not->hasOneUse() || Not->getOpcode() != Instruction::Xor ||
      !isa<Constant>(Not->getOperand(1)) ||
      !cast<Constant>(Not->getOperand(1))->isAllOnesValue())
    return;
  if (auto *Branch = dyn_cast<BranchInst>(Not->user_back())) {
    Branch->setCondition(&Check);
    Branch->swapSuccessors();
    Not->eraseFromParent();
  }
}

/// With -flto functions are inlined once more, and then their arguments are in
/// any register. Clang leaves these flags for the linker.
bool isBeforeLinkTime(const Module &M) {
  return M.getModuleFlag("ThinLTO") || M.getModuleFlag("EnableSplitLTOUnit");
}

class Lowerer {
public:
  Lowerer(Module &M, FunctionAnalysisManager &Analyses)
      : M(M), Analyses(Analyses), BeforeLinkTime(isBeforeLinkTime(M)) {}

  bool run();

private:
  bool lower(Function &F, Checks All);
  CallBrInst *lowerToSequence(CallInst &Check, BranchInst &Branch,
                              const Target &T);
  void lowerToLoad(CallInst &Check);

  Module &M;
  FunctionAnalysisManager &Analyses;
  bool BeforeLinkTime;
};

/// Leads control straight to what a check's value decides later on, instead of
/// testing the value there.
void threadValues(Function &F, FunctionAnalysisManager &Analyses) {
  if (F.hasOptNone())
    return;
  Analyses.invalidate(F, PreservedAnalyses::none());
  FunctionPassManager Passes;
  Passes.addPass(InstCombinePass());
  Passes.addPass(JumpThreadingPass());
  Passes.addPass(SimplifyCFGPass());
  Passes.run(F, Analyses);
}

CallBrInst *Lowerer::lowerToSequence(CallInst &Check, BranchInst &Branch,
                                     const Target &T) {
  Site S;
  S.Jump = Check.getCalledFunction()
               ->getFnAttribute(BranchAttribute)
               .getValueAsString() == "jump";
  S.KeyBits = branchOf(Check)->isOne() ? TRACE_KEY_BRANCH : 0;
  S.AddressBytes = M.getDataLayout().getPointerSize();
  S.BigEndian = M.getDataLayout().isBigEndian();
  S.Where = placeOf(Check);

  // The side that a nop is patched to reach is out of line, whatever a profile
  // has counted: it may have been taken with all points on.
  if (!S.Jump)
    markGuard(Branch);

  Constant *Key = keyOf(Check);
  auto *Type = FunctionType::get(Type::getVoidTy(M.getContext()),
                                 {Key->getType()}, false);
  // "s" and ${0:c}: a symbol, printed bare.
  std::string Constraints = "s,!i";
  if (!T.clobbers.empty())
    Constraints.append(",").append(T.clobbers);
  InlineAsm *Asm = InlineAsm::get(Type, sequence(T, S), Constraints,
                                  /*hasSideEffects=*/true);
  BasicBlock *Taken = Branch.getSuccessor(0);
  BasicBlock *Straight = Branch.getSuccessor(1);
  auto *New = CallBrInst::Create(Type, Asm, Straight, {Taken}, {Key}, "",
                                 Branch.getIterator());
  New->setDebugLoc(Check.getDebugLoc());
  New->setDoesNotThrow();
  if (MDNode *Weights = Branch.getMetadata(LLVMContext::MD_prof)) {
    SmallVector<Metadata *, 4> Swapped(Weights->op_begin(), Weights->op_end());
    std::swap(Swapped[Swapped.size() - 1], Swapped[Swapped.size() - 2]);
    New->setMetadata(LLVMContext::MD_prof,
                     MDNode::get(M.getContext(), Swapped));
  }
  Branch.eraseFromParent();
  Check.eraseFromParent();
  return New;
}

/// (key->enabled > 0) ^ branch, loaded each time.
void Lowerer::lowerToLoad(CallInst &Check) {
  IRBuilder<> B(&Check);
  Value *On = createLoadedCheck(B, Check.getArgOperand(0));
  Check.replaceAllUsesWith(B.CreateXor(On, Check.getArgOperand(1)));
  Check.eraseFromParent();
}

bool Lowerer::lower(Function &F, Checks All) {
  if (All.empty())
    return false;
  const Target *T = targetOf(F);
  if (!T) {
    OptimizationRemarkEmitter Remarks(&F);
    for (CallInst *Check : All) {
      Remarks.emit(
          OptimizationRemarkMissed("trace", "NoStaticBranch", Check)
          << "no static branch on this architecture: the key is loaded and "
             "tested");
      lowerToLoad(*Check);
    }
    return true;
  }
  if (!all_of(All, [](CallInst *Check) { return isConstant(*Check); })) {
    makeConstant(F);
    All = checksIn(F);
  }
  bool Values = false;
  SiteReport Report(F, All, Analyses);
  ArgumentRegisters Registers(F, *T);
  SmallVector<WeakTrackingVH, 8> Handles(All.begin(), All.end());
  for (WeakTrackingVH &Handle : Handles) {
    auto *Check = cast_or_null<CallInst>(static_cast<Value *>(Handle));
    if (!Check)
      continue; // It was on the slow path of another one, which left.
    if (!isConstant(*Check))
      continue; // Left as it is, the call is an error at its line.
    absorbNot(*Check);
    if (!ownBranch(*Check)) {
      branchOn(*Check);
      Values = true;
    }
    if (!F.hasOptNone()) {
      moveUp(*Check, *ownBranch(*Check));
      if (T->tail_calls && isPointCheck(*Check))
        detourByTailCall(*ownBranch(*Check));
    }
    CallBrInst *Site = lowerToSequence(*Check, *ownBranch(*Check), *T);
    Report.emit(Check, *Site, *T);
    if (!BeforeLinkTime)
      Registers.keepBehind(*Site);
  }
  if (Values)
    threadValues(F, Analyses);
  return true;
}

/// Linux's branches are what they are since split; but at -O0 a key that an
/// always_inline caller passes is still in memory, and then is no constant.
bool finishLinuxBranches(Function &F) {
  SmallVector<CallBrInst *, 4> Branches;
  for (BasicBlock &Block : F)
    if (isLinuxBranch(*Block.getTerminator()))
      Branches.push_back(cast<CallBrInst>(Block.getTerminator()));
  if (all_of(Branches,
             [](CallBrInst *Branch) { return isConstantLinuxBranch(*Branch); }))
    return false;
  makeConstant(F);
  for (CallBrInst *Branch : Branches)
    checkLinuxBranch(*Branch);
  return true;
}

bool Lowerer::run() {
  bool Changed = writeRecordFunctions(M);
  auto Known = checksByFunction(M);
  const bool HasLinuxBranches = mayContainLinuxBranches(M);
  const Function *Last = &M.getFunctionList().back();
  bool Appended = false; // by lower: copies, which are lowered, too
  for (Function &F : M) {
    if (!F.isDeclaration()) {
      if (auto Found = Known.find(&F); Found != Known.end())
        Changed |= lower(F, std::move(Found->second));
      else if (Appended)
        Changed |= lower(F, checksIn(F));
      if (HasLinuxBranches)
        Changed |= finishLinuxBranches(F);
    }
    Appended |= &F == Last;
  }
  return Changed;
}

} // namespace

PreservedAnalyses LowerPass::run(Module &M, ModuleAnalysisManager &MAM) {
  auto &Analyses =
      MAM.getResult<FunctionAnalysisManagerModuleProxy>(M).getManager();
  return Lowerer(M, Analyses).run() ? PreservedAnalyses::none()
                                    : PreservedAnalyses::all();
}

} // namespace trace
