//===- Check.cpp - a static branch between split and lower ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/PatternMatch.h"

using namespace llvm;

namespace trace {

Function *checkFunction(Module &M) {
  if (Function *F = M.getFunction(CheckName))
    return F;
  LLVMContext &C = M.getContext();
  auto *Type = FunctionType::get(
      Type::getInt1Ty(C), {PointerType::get(C, 0), Type::getInt1Ty(C)}, false);
  auto *F = Function::Create(Type, GlobalValue::ExternalLinkage, CheckName, M);
  markBranch(*F, BranchForm::Nop);
  return F;
}

bool isCheck(const Instruction &I) {
  const auto *Call = dyn_cast<CallInst>(&I);
  // Every call of a function is asked, so what most are not comes first.
  if (!Call || !Call->getType()->isIntegerTy(1))
    return false;
  const Function *F = Call->getCalledFunction();
  return F && F->isDeclaration() && F->hasFnAttribute(BranchAttribute);
}

bool isPointCheck(const Instruction &I) {
  return isCheck(I) &&
         cast<CallInst>(I).getCalledFunction()->getName() == CheckName;
}

BasicBlock *sideWhileOff(const Instruction &Terminator) {
  const auto *Branch = dyn_cast<BranchInst>(&Terminator);
  if (!Branch || !Branch->isConditional())
    return nullptr;
  Value *Condition = Branch->getCondition();
  bool Negated = PatternMatch::match(
      Condition, PatternMatch::m_Not(PatternMatch::m_Value(Condition)));
  const auto *Check = dyn_cast<Instruction>(Condition);
  if (!Check || !isPointCheck(*Check))
    return nullptr;
  return Branch->getSuccessor(Negated ? 0 : 1);
}

void markBranch(Function &F, BranchForm Form) {
  F.addFnAttr(BranchAttribute, Form == BranchForm::Jump ? "jump" : "nop");
  // It reads a state that changes at any time and that no other instruction
  // sees: never hoisted out of a loop that waits for it, nothing reloaded
  // because of it.
  F.setMemoryEffects(MemoryEffects::inaccessibleMemOnly());
  F.addFnAttr(Attribute::NoUnwind);
  F.addFnAttr(Attribute::WillReturn);
}

void markCheck(CallInst &Check, std::optional<Place> Where) {
  LLVMContext &C = Check.getContext();
  // Two sites in two arms of an if are not one site with two uses.
  Check.addFnAttr(Attribute::NoMerge);
  Check.setMetadata("nosanitize", MDNode::get(C, {}));
  if (!Where)
    return;
  auto *Line = ConstantInt::get(Type::getInt32Ty(C), Where->Line);
  Check.setMetadata(PlaceMetadata,
                    MDNode::get(C, {MDString::get(C, Where->File),
                                    ConstantAsMetadata::get(Line)}));
}

CallInst *createCheck(IRBuilder<> &B, Value *Key, std::optional<Place> Where,
                      bool Immediate) {
  Module &M = *B.GetInsertBlock()->getModule();
  CallInst *Check = B.CreateCall(checkFunction(M), {Key, B.getFalse()});
  markCheck(*Check, std::move(Where));
  if (Immediate)
    Check->addFnAttr(
        Attribute::get(M.getContext(), StaysAttribute, "immediate"));
  return Check;
}

Value *createLoadedCheck(IRBuilder<> &B, Value *Key) {
  // Volatile, not atomic: there are targets without atomic loads, and one load
  // of an aligned word is one load on all.
  auto *Enabled =
      B.CreateAlignedLoad(B.getInt32Ty(), Key, Align(4), /*isVolatile=*/true);
  Enabled->setMetadata("nosanitize", MDNode::get(Key->getContext(), {}));
  return B.CreateICmpSGT(Enabled, B.getInt32(0));
}

void markGuard(BranchInst &Guard) {
  LLVMContext &C = Guard.getContext();
  // As unlikely as can be, whatever a profile says: the weights decide what the
  // fast path pays.
  Guard.setMetadata(LLVMContext::MD_prof,
                    MDBuilder(C).createBranchWeights(1, (1U << 20) - 1));
  Guard.setMetadata("nosanitize", MDNode::get(C, {}));
}

std::optional<Place> placeOf(const CallInst &Check) {
  const MDNode *Node = Check.getMetadata(PlaceMetadata);
  if (!Node || Node->getNumOperands() != 2)
    return std::nullopt;
  const auto *File = dyn_cast<MDString>(Node->getOperand(0));
  const auto *Line = mdconst::dyn_extract<ConstantInt>(Node->getOperand(1));
  if (!File || !Line)
    return std::nullopt;
  return Place{File->getString().str(),
               static_cast<unsigned>(Line->getZExtValue())};
}

} // namespace trace
