//===- Thunk.cpp - the slow path's one call -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Thunk.h"
#include "RecordFunction.h"
#include "Usdt.h"
#include "lower/Target.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {
void skipOptimizer(Function &F) {
  for (Attribute::AttrKind Other :
       {Attribute::AlwaysInline, Attribute::MinSize, Attribute::OptimizeForSize,
        Attribute::OptimizeForDebugging})
    F.removeFnAttr(Other);
  F.addFnAttr(Attribute::NoInline);
  F.addFnAttr(Attribute::OptimizeNone);
}

Function *makeThunk(const Event &E, GlobalVariable *Descriptor,
                    const Function &Declared, const Twine &Identity,
                    bool Probe) {
  Module &M = *Descriptor->getParent();
  Function &Record = recordFunction(E, Declared);
  CallingConv::ID Convention = slowCallConvention(Declared);
  // The convention is part of the name, so that objects of different compilers
  // never share a thunk under two conventions.
  StringRef Prefix =
      Convention == CallingConv::C ? "__trace_emit_c_" : "__trace_emit_pm_";
  FunctionType *Type = Record.getFunctionType();
  auto *Thunk =
      Function::Create(FunctionType::get(Type->getReturnType(),
                                         Type->params().drop_back(), false),
                       GlobalValue::LinkOnceODRLinkage, Prefix + Identity, M);
  Thunk->setCallingConv(Convention);
  describeSlow(*Thunk, Declared);
  skipOptimizer(*Thunk);
  IRBuilder<> B(BasicBlock::Create(M.getContext(), "entry", Thunk));
  SmallVector<Value *, 8> Arguments(make_pointer_range(Thunk->args()));
  if (Probe)
    emitUsdt(B, E, Arguments);
  Arguments.push_back(Descriptor);
  B.CreateCall(&Record, Arguments)->setTailCall();
  B.CreateRetVoid();
  return Thunk;
}

/// How a value of type \p From becomes one of type \p To: a bool is an i1 where
/// it is passed and a byte where it is recorded.
static bool converts(const Type *From, const Type *To) {
  return From == To || (From->isIntegerTy(1) && To->isIntegerTy(8));
}

bool takesArguments(const FunctionType &Thunk, const FunctionType &From) {
  return !From.isVarArg() && equal(From.params(), Thunk.params(), converts);
}

CallInst *callThunk(IRBuilder<> &B, Function &Thunk,
                    ArrayRef<Value *> Arguments, const AttributeList &Passed) {
  SmallVector<Value *, 8> Converted;
  for (auto [A, To] : zip_equal(Arguments, Thunk.getFunctionType()->params()))
    Converted.push_back(A->getType() == To ? A : B.CreateZExt(A, To));
  CallInst *Call = B.CreateCall(&Thunk, Converted);
  // Where it takes what the event takes, and as that does: by value, extended.
  for (unsigned I = 0; I != Arguments.size(); ++I)
    if (Converted[I] == Arguments[I])
      for (Attribute A : Passed.getParamAttrs(I))
        Call->addParamAttr(I, A);
  Call->setCallingConv(Thunk.getCallingConv());
  Call->setDoesNotThrow();
  Call->addFnAttr(Attribute::Cold);
  return Call;
}

void describeSlow(Function &F, const Function &Like) {
  F.addFnAttr(Attribute::NoUnwind);
  F.addFnAttr(Attribute::NoInline);
  F.addFnAttr(Attribute::Cold);
  // As code generation does for what is cold and not optnone.
  F.setSectionPrefix("unlikely");
  copyTargetAttributes(Like, F);
}

ArrayRef<StringRef> targetAttributes() {
  static constexpr StringRef Names[] = {
      "target-cpu",    "target-features",           "tune-cpu",
      "frame-pointer", "branch-target-enforcement", "sign-return-address",
      "probe-stack"};
  return Names;
}

void copyTargetAttributes(const Function &From, Function &To) {
  for (StringRef Name : targetAttributes())
    if (From.hasFnAttribute(Name))
      To.addFnAttr(From.getFnAttribute(Name));
  if (UWTableKind Kind = From.getParent()->getUwtable();
      Kind != UWTableKind::None)
    To.setUWTableKind(Kind);
}

} // namespace trace
