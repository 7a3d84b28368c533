//===- Detour.cpp - a slow path outside of its function -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Detour.h"
#include "Position.h"
#include "split/Check.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace trace {
namespace {

/// A larger function gains little.
constexpr size_t InstructionsMax = 500;

bool isCall(const Instruction &I) {
  if (isa<IntrinsicInst>(I))
    return isa<MemIntrinsic>(I);
  const auto *Call = dyn_cast<CallBase>(&I);
  return Call && !Call->isInlineAsm() && !isCheck(I);
}

/// LLVM's ShrinkWrap holds every access for one of the frame that a call before
/// it may have left, unless it is to a global object or an argument's.
bool mayAccessFrame(const Instruction &I) {
  const Value *Address = getLoadStorePointerOperand(&I);
  if (!Address)
    return I.mayReadOrWriteMemory() && !isCheck(I);
  const Value *Object = getUnderlyingObject(Address);
  if (const auto *A = dyn_cast<Argument>(Object))
    return A->hasPassPointeeByValueCopyAttr();
  return !isa<GlobalValue>(Object);
}

class Detour {
public:
  explicit Detour(BranchInst &Branch)
      : Branch(Branch), Entry(*Branch.getParent()), F(*Entry.getParent()),
        Slow(slowBlocks(*Branch.getSuccessor(0), Entry,
                        *Branch.getSuccessor(1))) {}

  bool possible() const {
    return &Entry == &F.getEntryBlock() && !Slow.empty() && !F.isVarArg() &&
           F.getInstructionCount() <= InstructionsMax &&
           all_of(Entry,
                  [&](const Instruction &I) { return mayRunTwice(I); }) &&
           none_of(F.args(),
                   [](const Argument &A) {
                     return A.hasPassPointeeByValueCopyAttr();
                   }) &&
           none_of(F, [](const BasicBlock &B) { return B.hasAddressTaken(); });
  }

  /// Whether the function has no frame but would get one.
  bool pays() const {
    bool Accesses = false;
    for (const BasicBlock &B : F)
      if (!Slow.contains(const_cast<BasicBlock *>(&B))) {
        if (any_of(B, isCall))
          return false;
        Accesses |= any_of(B, mayAccessFrame);
      }
    return Accesses;
  }

  void run() {
    Function &Copy = copy();
    auto *Leave = BasicBlock::Create(F.getContext(), "trace.on", &F);
    IRBuilder<> B(Leave);
    B.SetCurrentDebugLocation(Branch.getDebugLoc());
    CallInst *Call = B.CreateCall(
        &Copy, SmallVector<Value *, 8>(make_pointer_range(F.args())));
    Call->setCallingConv(F.getCallingConv());
    Call->setTailCallKind(CallInst::TCK_MustTail);
    AttributeList All = F.getAttributes();
    Call->setAttributes(All.removeFnAttributes(F.getContext()));
    if (F.getReturnType()->isVoidTy())
      B.CreateRetVoid();
    else
      B.CreateRet(Call);
    Branch.setSuccessor(0, Leave);
    removeUnreachableBlocks(F);
  }

private:
  bool mayRunTwice(const Instruction &I) const {
    return &I == &Branch || isa<AllocaInst>(I) || isCheck(I) ||
           I.isDebugOrPseudoInst();
  }

  /// The function with everything on.
  Function &copy() {
    ValueToValueMapTy Map;
    Function *Copy = CloneFunction(&F, Map);
    Copy->setName(F.getName() + ".trace");
    Copy->setLinkage(GlobalValue::InternalLinkage);
    Copy->setVisibility(GlobalValue::DefaultVisibility);
    Copy->setDSOLocal(true);
    Copy->setComdat(F.getComdat());
    Copy->addFnAttr(Attribute::Cold);
    Copy->addFnAttr(Attribute::NoInline);
    auto *Always = cast<BranchInst>(Map[&Branch]);
    auto *Check = dyn_cast<Instruction>(Always->getCondition());
    Always->setCondition(ConstantInt::getTrue(F.getContext()));
    Check->eraseFromParent();
    ConstantFoldTerminator(Always->getParent());
    return *Copy;
  }

  BranchInst &Branch;
  BasicBlock &Entry;
  Function &F;
  SlowBlocks Slow;
};

} // namespace

void detourByTailCall(BranchInst &Branch) {
  Detour D(Branch);
  if (D.possible() && D.pays())
    D.run();
}

} // namespace trace
