//===- Registers.cpp - arguments stay in their registers ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registers.h"
#include "Compat.h"
#include "Position.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {

/// Whether \p A is passed in an integer register, by the C convention of the
/// targets that have a list of those.
static bool isInteger(const Argument &A) {
  return A.getType()->isPointerTy() ||
         (A.getType()->isIntegerTy() &&
          A.getType()->getIntegerBitWidth() <= 64);
}

/// LLVM would lose sight of how a narrower integer is extended, and of what a
/// pointer leads to, which it asks before it keeps a frame off the fast path.
static bool isRenamed(const Argument &A) {
  return A.getType()->isIntegerTy(32) || A.getType()->isIntegerTy(64);
}

/// Whether the convention puts \p A in none of the listed registers.
static bool takesNone(const Argument &A) {
  return A.hasByValAttr() || A.getType()->isFloatingPointTy();
}

static bool isOrdinary(const Argument &A) {
  return !A.hasInRegAttr() && !A.hasNestAttr() && !A.hasSwiftErrorAttr() &&
         !A.hasSwiftSelfAttr() && !A.hasInAllocaAttr() &&
         !A.hasAttribute(Attribute::SwiftAsync) &&
         !A.hasAttribute(Attribute::Preallocated);
}

ArgumentRegisters::ArgumentRegisters(Function &F, const Target &T)
    : Block(&F.getEntryBlock()) {
  bool IsC = F.getCallingConv() == CallingConv::C ||
             F.getCallingConv() == CallingConv::Fast;
  if (!IsC || F.hasOptNone() || !T.overwrites_operand)
    return;
  SmallVector<StringRef, 6> Free;
  SplitString(StringRef(T.argument_registers), Free);
  ArrayRef<StringRef> Left = Free;
  for (Argument &A : F.args()) {
    if (takesNone(A))
      continue;
    if (Left.empty() || !isInteger(A) || !isOrdinary(A))
      return;
    if (isRenamed(A))
      Arguments.push_back({&A, Left.front()});
    Left = Left.drop_front();
  }
}

/// Whether the code for \p I may need a certain register, as arguments of
/// calls, dividends and distances of shifts do.
static bool claimsRegister(const Instruction &I) {
  if (const auto *Call = dyn_cast<CallBase>(&I)) {
    const auto *Asm = dyn_cast<InlineAsm>(Call->getCalledOperand());
    bool IsRenaming = Asm && Asm->getAsmString().empty();
    return !IsRenaming && !I.isTerminator() && !I.isDebugOrPseudoInst() &&
           !I.isLifetimeStartOrEnd();
  }
  switch (I.getOpcode()) {
  case Instruction::UDiv:
  case Instruction::SDiv:
  case Instruction::URem:
  case Instruction::SRem:
    return true;
  case Instruction::Shl:
  case Instruction::LShr:
  case Instruction::AShr:
    return !isa<Constant>(I.getOperand(1));
  default:
    return I.isAtomic() || I.getType()->isIntegerTy(128);
  }
}

static Value *rename(IRBuilder<> &B, Value *V, std::string_view Register) {
  auto *Type = FunctionType::get(V->getType(), {V->getType()}, false);
  std::string Constraints = "={" + std::string(Register) + "},0";
  InlineAsm *Nothing =
      InlineAsm::get(Type, "", Constraints, /*hasSideEffects=*/false);
  CallInst *Same = B.CreateCall(Type, Nothing, {V});
  Same->setDoesNotThrow();
  Same->setDoesNotAccessMemory();
  return Same;
}

/// What describes a variable by \p Old now does so by \p Same, from here on.
static void describeBy(Value &Same, Value &Old, BasicBlock::iterator Here) {
  for (DbgVariableRecord *Record : debugRecordsOf(Old)) {
    if (!Record->isDbgValue())
      continue;
    DbgVariableRecord *Copy = Record->clone();
    Copy->replaceVariableLocationOp(&Old, &Same);
    Here->getParent()->insertDbgRecordBefore(Copy, Here);
  }
}

void ArgumentRegisters::keepBehind(CallBrInst &Site) {
  BasicBlock *From = Site.getParent();
  BasicBlock *Rest = Site.getDefaultDest();
  BasicBlock *Previous = std::exchange(Block, nullptr);
  if (Arguments.empty() || From != Previous || any_of(*From, claimsRegister))
    return;
  SlowBlocks Slow = slowBlocks(*Site.getIndirectDest(0), *From, *Rest);
  // So Rest is where all goes on, and nothing comes back to it.
  if (Slow.empty() || !all_of(predecessors(Rest), [&](BasicBlock *B) {
        return B == From || Slow.contains(B);
      }))
    return;
  Block = Rest;
  Before.insert(From);
  Before.insert(Slow.begin(), Slow.end());

  IRBuilder<> B(Rest, Rest->getFirstInsertionPt());
  for (InRegister &A : Arguments) {
    auto IsBehind = [&](const Use &U) {
      auto *User = cast<Instruction>(U.getUser());
      BasicBlock *Where = User->getParent();
      if (auto *Phi = dyn_cast<PHINode>(User))
        Where = Phi->getIncomingBlock(U);
      return !Before.contains(Where);
    };
    bool UsedThere = any_of(A.Now->uses(), [&](const Use &U) {
      auto *User = cast<Instruction>(U.getUser());
      return User->getParent() == Rest && !isa<PHINode>(User);
    });
    if (!UsedThere)
      continue;
    Value *Same = rename(B, A.Now, A.Register);
    A.Now->replaceUsesWithIf(
        Same, [&](const Use &U) { return U.getUser() != Same && IsBehind(U); });
    describeBy(*Same, *A.Now, B.GetInsertPoint());
    A.Now = Same;
  }
}

} // namespace trace
