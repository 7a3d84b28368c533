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
#include "llvm/Transforms/Utils/Cloning.h"

using namespace llvm;

namespace trace {

/// Bit 1 of an entry's key, in the object file: "objtool, turn this jmp into a
/// nop" (arch/x86/include/asm/jump_label.h, tools/objtool/special.c).
static constexpr unsigned ObjtoolNop = 2;

/// On the `asm goto`: the name of the static branch that it was.
static constexpr StringLiteral LinuxMetadata = "trace.linux";

/// \code
///   callbr asm goto "..." (key, branch) to false or true
/// \endcode
/// or, where Linux adds the two itself, (key + branch).
static void defineBody(Function &F, const std::string &Text,
                       const LinuxTarget &Abi) {
  LLVMContext &C = F.getContext();
  auto *Entry = BasicBlock::Create(C, "entry", &F);
  auto *No = BasicBlock::Create(C, "no", &F);
  auto *Yes = BasicBlock::Create(C, "yes", &F);
  IRBuilder<> B(Entry);
  SmallVector<Value *, 2> Operands = {F.getArg(0), F.getArg(1)};
  std::string Constraints = Abi.branch_operand ? "s,i,!i" : "s,!i";
  if (!Abi.branch_operand)
    Operands = {
        B.CreatePtrAdd(F.getArg(0), B.CreateZExt(F.getArg(1), B.getInt64Ty()))};
  if (!Abi.clobbers.empty())
    Constraints.append(",").append(Abi.clobbers);
  SmallVector<Type *, 2> Types;
  for (Value *Operand : Operands)
    Types.push_back(Operand->getType());
  auto *Type = FunctionType::get(B.getVoidTy(), Types, false);
  InlineAsm *Asm =
      InlineAsm::get(Type, Text, Constraints, /*hasSideEffects=*/true);
  B.CreateCallBr(Type, Asm, No, {Yes}, Operands)->setDoesNotThrow();
  IRBuilder<>(No).CreateRet(B.getFalse());
  IRBuilder<>(Yes).CreateRet(B.getTrue());
}

/// The assembly of the body that defineBody gave \p F.
static const Value *asmOf(const Function &F) {
  return cast<CallBrInst>(F.getEntryBlock().getTerminator())
      ->getCalledOperand();
}

/// Puts the body into each caller now, so that the `asm goto` there knows its
/// place in the source.
static void inlineCalls(Function &F) {
  for (User *U : make_early_inc_range(F.users())) {
    auto *Call = dyn_cast<CallInst>(U);
    if (!Call || Call->getCalledFunction() != &F)
      continue;
    Function &Caller = *Call->getFunction();
    MDNode *Cookie = Call->getMetadata("srcloc");
    auto *Name = MDString::get(F.getContext(), F.getName());
    InlineFunctionInfo Info;
    if (!InlineFunction(*Call, Info).isSuccess())
      continue;
    for (BasicBlock &Block : Caller)
      if (auto *Branch = dyn_cast<CallBrInst>(Block.getTerminator());
          Branch && !Branch->hasMetadata(LinuxMetadata) &&
          Branch->getCalledOperand() == asmOf(F)) {
        Branch->setMetadata(LinuxMetadata, MDNode::get(F.getContext(), Name));
        Branch->setMetadata("srcloc", Cookie);
      }
  }
}

static void defineLinuxBranch(Function &F, const Options &Opts) {
  Module &M = *F.getParent();
  bool Jump = F.getFnAttribute(BranchAttribute).getValueAsString() == "jump";
  // With objtool, a nop is written as the jmp that it replaces.
  bool ByObjtool = Opts.Objtool && !Jump;
  Site S;
  S.Jump = Jump || ByObjtool;
  S.KeyBits = ByObjtool ? ObjtoolNop : 0;
  S.AddressBytes = M.getDataLayout().getPointerSize();
  const Target *T = targetOf(F);
  std::string Text = T ? linuxSequence(*T, S) : std::string();
  if (Text.empty()) {
    F.getContext().diagnose(DiagnosticInfoUnsupported(
        F, "trace branch: Linux has no jump labels on this architecture"));
    return;
  }
  defineBody(F, Text, T->linux_abi);
  F.removeFnAttr("dontcall-error");
  inlineCalls(F);
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
    Branch.setArgOperand(1, ConstantInt::getFalse(Branch.getContext()));
}

bool isLinuxBranch(const Instruction &I) {
  return isa<CallBrInst>(I) && I.hasMetadata(LinuxMetadata);
}

} // namespace trace
