//===- LinuxBranch.cpp - static branches as Linux writes them -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinuxBranch.h"
#include "Sequence.h"
#include "split/Check.h"
#include "trace/layout.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {

/// Bit 1 of an entry's key, in the object file: "objtool, turn this jmp into a
/// nop" (arch/x86/include/asm/jump_label.h, tools/objtool/special.c).
static constexpr unsigned ObjtoolNop = 2;

/// On the `asm goto`: the name of the static branch that it was.
static constexpr StringLiteral LinuxMetadata = "trace.linux";

static Value *keyOperand(IRBuilder<> &B, Value *Key, Value *Branch) {
  Type *Offset = B.getIntPtrTy(B.GetInsertBlock()->getDataLayout());
  return B.CreateInBoundsGEP(B.getInt8Ty(), Key, B.CreateZExt(Branch, Offset));
}

/// \code
///   callbr asm goto "..." (key, branch) to false or true
/// \endcode
/// or, where Linux adds the two itself, (key + branch). It is what Clang makes
/// of the function in Linux's header, variables in memory and all, so that the
/// optimiser makes the same of it: a phi instead of the result's variable is
/// another order of what comes after, and other code in a kernel here and there
/// (drivers/char/random.c).
static CallBrInst *defineBody(Function &F, const std::string &Text,
                              const LinuxTarget &Abi, bool ByObjtool) {
  LLVMContext &C = F.getContext();
  auto *Entry = BasicBlock::Create(C, "entry", &F);
  auto *No = BasicBlock::Create(C, "no", &F);
  auto *Yes = BasicBlock::Create(C, "yes", &F);
  auto *Return = BasicBlock::Create(C, "return", &F);
  IRBuilder<> B(Entry);
  Value *Result = B.CreateAlloca(B.getInt1Ty());
  Value *KeyMemory = B.CreateAlloca(B.getPtrTy());
  Value *BranchMemory = B.CreateAlloca(B.getInt8Ty());
  B.CreateStore(F.getArg(0), KeyMemory);
  B.CreateStore(B.CreateZExt(F.getArg(1), B.getInt8Ty()), BranchMemory);
  Value *Key = B.CreateLoad(B.getPtrTy(), KeyMemory);
  Value *Branch =
      B.CreateTrunc(B.CreateLoad(B.getInt8Ty(), BranchMemory), B.getInt1Ty());

  SmallVector<Value *, 2> Operands = {Key, Branch};
  std::string Constraints = Abi.branch_operand ? "s,i,!i" : "s,!i";
  if (!Abi.branch_operand)
    Operands = {keyOperand(B, Key, Branch)};
  else if (ByObjtool)
    Operands[1] = B.CreateOr(B.getInt32(ObjtoolNop),
                             B.CreateZExt(Branch, B.getInt32Ty()));
  if (!Abi.clobbers.empty())
    Constraints.append(",").append(Abi.clobbers);
  SmallVector<Type *, 2> Types;
  for (Value *Operand : Operands)
    Types.push_back(Operand->getType());
  auto *Type = FunctionType::get(B.getVoidTy(), Types, false);
  InlineAsm *Asm =
      InlineAsm::get(Type, Text, Constraints, /*hasSideEffects=*/true);
  CallBrInst *Goto = B.CreateCallBr(Type, Asm, No, {Yes}, Operands);
  Goto->setDoesNotThrow();
  for (auto [Block, Value] :
       {std::pair(No, B.getFalse()), {Yes, B.getTrue()}}) {
    B.SetInsertPoint(Block);
    B.CreateStore(Value, Result);
    B.CreateBr(Return);
  }
  B.SetInsertPoint(Return);
  B.CreateRet(B.CreateLoad(B.getInt1Ty(), Result));
  return Goto;
}

/// A body of \p F for the calls at one place in the source, which its `asm
/// goto` then knows. That it is there before the first pass, and inlined by
/// LLVM's, is as with Linux's header.
static Function *bodyAt(Function &F, MDNode *Cookie, const std::string &Text,
                        const LinuxTarget &Abi, bool ByObjtool) {
  LLVMContext &C = F.getContext();
  auto *Body = Function::Create(F.getFunctionType(), Function::InternalLinkage,
                                F.getName(), F.getParent());
  Body->copyAttributesFrom(&F);
  Body->removeFnAttr("dontcall-error");
  Body->removeFnAttr(BranchAttribute);
  Body->removeFnAttr(Attribute::NoInline);
  Body->addFnAttr(Attribute::AlwaysInline);
  CallBrInst *Goto = defineBody(*Body, Text, Abi, ByObjtool);
  Goto->setMetadata(LinuxMetadata,
                    MDNode::get(C, MDString::get(C, F.getName())));
  Goto->setMetadata("srcloc", Cookie);
  return Body;
}

/// The calls of \p F get a body each, or one for each place in the source.
static void defineBodies(Function &F, const std::string &Text,
                         const LinuxTarget &Abi, bool ByObjtool) {
  DenseMap<MDNode *, Function *> Bodies;
  for (User *U : make_early_inc_range(F.users())) {
    auto *Call = dyn_cast<CallInst>(U);
    if (!Call || Call->getCalledFunction() != &F)
      continue;
    MDNode *Cookie = Call->getMetadata("srcloc");
    Function *&Body = Bodies[Cookie];
    if (!Body)
      Body = bodyAt(F, Cookie, Text, Abi, ByObjtool);
    Call->setCalledFunction(Body);
    Call->setMetadata("srcloc", nullptr);
  }
}

static void defineLinuxBranch(Function &F, const Options &Opts) {
  Module &M = *F.getParent();
  bool Jump = F.getFnAttribute(BranchAttribute).getValueAsString() == "jump";
  // With objtool, a nop is written as the jmp that it replaces.
  bool ByObjtool = Opts.Objtool && !Jump;
  Site S;
  S.Jump = Jump || ByObjtool;
  S.AddressBytes = M.getDataLayout().getPointerSize();
  const Target *T = targetOf(F);
  std::string Text = T ? linuxSequence(*T, S) : std::string();
  if (Text.empty()) {
    F.getContext().diagnose(DiagnosticInfoUnsupported(
        F, "trace branch: Linux has no jump labels on this architecture"));
    return;
  }
  defineBodies(F, Text, T->linux_abi, ByObjtool);
  F.eraseFromParent();
}

void defineLinuxBranches(Module &M, const Options &Opts) {
  for (Function &F : make_early_inc_range(M))
    if (F.isDeclaration() && F.hasFnAttribute(BranchAttribute))
      defineLinuxBranch(F, Opts);
}

bool isConstantLinuxBranch(const CallBrInst &Branch) {
  return all_of(Branch.args(),
                [](const Use &Operand) { return isa<Constant>(Operand); });
}

void checkLinuxBranch(CallBrInst &Branch) {
  const MDNode *Name = Branch.getMetadata(LinuxMetadata);
  if (isConstantLinuxBranch(Branch))
    return;
  uint64_t Cookie = 0;
  if (const MDNode *Where = Branch.getMetadata("srcloc"))
    if (auto *C = mdconst::dyn_extract<ConstantInt>(Where->getOperand(0)))
      Cookie = C->getZExtValue();
  Branch.getContext().diagnose(DiagnosticInfoDontCall(
      cast<MDString>(Name->getOperand(0))->getString(),
      "its key and branch do not become constants here", DS_Error, Cookie));
  // Some constants, or the assembly's operands would be more errors.
  Branch.setArgOperand(0, Branch.getFunction());
  if (Branch.arg_size() > 1)
    Branch.setArgOperand(
        1, Constant::getNullValue(Branch.getArgOperand(1)->getType()));
}

bool mayContainLinuxBranches(const Module &M) {
  SmallVector<StringRef, 64> Kinds;
  M.getMDKindNames(Kinds);
  return is_contained(Kinds, LinuxMetadata);
}

bool isLinuxBranch(const Instruction &I) {
  return isa<CallBrInst>(I) && I.hasMetadata(LinuxMetadata);
}

} // namespace trace
