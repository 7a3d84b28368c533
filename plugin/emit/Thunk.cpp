//===- Thunk.cpp - the slow path's one call -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Thunk.h"
#include "Parts.h"
#include "Payload.h"
#include "ProbeCalls.h"
#include "RingRecord.h"
#include "Usdt.h"
#include "lower/Target.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {
/// Asks the library for room, and tells it when the record is complete.
static void writeLibraryRecord(Function &Thunk, const Event &E,
                               GlobalVariable *Descriptor, GlobalVariable *Key,
                               bool TakesProbes) {
  LLVMContext &C = Thunk.getContext();
  IRBuilder<> B(BasicBlock::Create(C, "entry", &Thunk));
  if (TakesProbes)
    callProbes(B, Thunk, E, Key, Descriptor);
  Payload Fields(B, Thunk, E, StringWay::Library);
  Value *Bytes = Fields.measure();
  Value *Room = callImage(B, "reserve", B.getPtrTy(), {Descriptor, Bytes});
  auto *Store = BasicBlock::Create(C, "store", &Thunk);
  auto *Done = BasicBlock::Create(C, "done", &Thunk);
  B.CreateCondBr(B.CreateIsNotNull(Room), Store, Done);
  B.SetInsertPoint(Store);
  Fields.store(Room);
  callImage(B, "commit", B.getVoidTy(), {Room});
  B.CreateBr(Done);
  B.SetInsertPoint(Done);
  B.CreateRetVoid();
}

static Function *declareThunk(Module &M, const Event &E,
                              CallingConv::ID Convention, const Twine &Name) {
  SmallVector<Type *, 8> Types;
  for (const Field &F : E.Fields)
    append_range(Types, valueTypes(F, M));
  auto *Thunk = Function::Create(
      FunctionType::get(Type::getVoidTy(M.getContext()), Types, false),
      GlobalValue::LinkOnceODRLinkage, Name, M);
  Thunk->setCallingConv(Convention);
  Thunk->addFnAttr(Attribute::NoUnwind);
  Thunk->addFnAttr(Attribute::NoInline);
  Thunk->addFnAttr(Attribute::Cold);
  return Thunk;
}

/// The attribute that was added to say "optnone".
static constexpr StringLiteral HeldMark = "trace-held";

void holdOptimizer(Function &F) {
  F.addFnAttr(Attribute::OptimizeNone); // with NoInline, which it needs
  F.addFnAttr(HeldMark);
}

bool releaseToOptimizer(Function &F) {
  if (!F.hasFnAttribute(HeldMark))
    return false;
  F.removeFnAttr(Attribute::OptimizeNone);
  F.removeFnAttr(HeldMark);
  return true;
}

static void probeAtEntry(Function &Thunk, const Event &E) {
  BasicBlock &Entry = Thunk.getEntryBlock();
  IRBuilder<> B(&Entry, Entry.begin());
  emitUsdt(B, E, SmallVector<Value *, 8>(make_pointer_range(Thunk.args())));
}

Thunks makeThunks(const Event &E, GlobalVariable *Descriptor,
                  GlobalVariable *Key, const Function &Declared,
                  const Twine &Identity, bool Probe) {
  Module &M = *Descriptor->getParent();
  CallingConv::ID Convention = slowCallConvention(Declared);
  // The convention is part of the name, so that objects of different compilers
  // never share a thunk under two conventions.
  StringRef Prefix =
      Convention == CallingConv::C ? "__trace_emit_c_" : "__trace_emit_pm_";
  Thunks T;
  T.Emit = declareThunk(M, E, Convention, Prefix + Identity);
  holdOptimizer(*T.Emit);
  copyTargetAttributes(Declared, *T.Emit);
  T.TakesProbes = takesProbes(E, Declared);
  const Target *Row = targetOf(Declared);
  if (!Row || !Row->record.known) {
    writeLibraryRecord(*T.Emit, E, Descriptor, Key, T.TakesProbes);
  } else {
    T.Library =
        declareThunk(M, E, CallingConv::C, "__trace_library_" + Identity);
    // Not on the way of an event that is recorded, so not worth the compiler's
    // time, of which it would cost the most: docs/performance.md.
    T.Library->addFnAttr(Attribute::OptimizeNone);
    copyTargetAttributes(Declared, *T.Library);
    writeLibraryRecord(*T.Library, E, Descriptor, Key, T.TakesProbes);
    writeRingRecord(*T.Emit, E, Key, Row->record, *T.Library);
  }
  if (Probe)
    probeAtEntry(*T.Emit, E);
  return T;
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

void copyTargetAttributes(const Function &From, Function &To) {
  for (StringRef Name :
       {"target-cpu", "target-features", "tune-cpu", "frame-pointer",
        "branch-target-enforcement", "sign-return-address", "probe-stack"})
    if (From.hasFnAttribute(Name))
      To.addFnAttr(From.getFnAttribute(Name));
  if (UWTableKind Kind = From.getParent()->getUwtable();
      Kind != UWTableKind::None)
    To.setUWTableKind(Kind);
}

} // namespace trace
