//===- ProbeCalls.cpp - probes that take an event's arguments -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProbeCalls.h"
#include "Members.h"
#include "Payload.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;

namespace trace {

bool passesToProbes(const Event &E, const Function &Declared) {
  if (E.Placed || Declared.isVarArg() || Declared.hasStructRetAttr() ||
      E.Fields.size() != Declared.arg_size())
    return false;
  return all_of(enumerate(E.Fields), [](const auto &Each) {
    const Field &F = Each.value();
    return !F.Implicit && F.Argument == Each.index() &&
           F.Kind >= TRACE_FIELD_INTEGER && F.Kind <= TRACE_FIELD_ENUM;
  });
}

bool takesProbes(const Event &E, const Function &Declared) {
  return E.Placed || passesToProbes(E, Declared);
}

/// How C widens an integer that is smaller than a register where it is passed.
static Attribute::AttrKind extension(const Field &F, unsigned Bits,
                                     const Module &M) {
  if (Bits < 32)
    return F.Signed ? Attribute::SExt : Attribute::ZExt;
  if (Bits == 32)
    return TargetLibraryInfo::getExtAttrForI32Param(Triple(M.getTargetTriple()),
                                                    F.Signed);
  return Attribute::None;
}

static void callProbe(IRBuilder<> &B, Function &Record, const Event &E,
                      Value *Fn, Value *Data) {
  SmallVector<Value *, 8> Arguments = {Data};
  SmallVector<Type *, 8> Types = {Data->getType()};
  for (auto [F, A] : zip_first(E.Fields, make_pointer_range(Record.args()))) {
    bool IsBool = F.Kind == TRACE_FIELD_BOOLEAN && F.Form == Shape::One;
    Arguments.push_back(IsBool ? B.CreateTrunc(A, B.getInt1Ty()) : A);
    Types.push_back(Arguments.back()->getType());
  }
  CallInst *Call = B.CreateCall(FunctionType::get(B.getVoidTy(), Types, false),
                                Fn, Arguments);
  for (auto [Index, F] : enumerate(E.Fields))
    if (auto *Integer = dyn_cast<IntegerType>(Types[Index + 1]))
      if (auto Kind = extension(F, Integer->getBitWidth(), *Record.getParent());
          Kind != Attribute::None)
        Call->addParamAttr(Index + 1, Kind);
  Call->setDoesNotThrow();
}

//   if (key.wanted & CALL && (entered = enter_probes(event))) {
//     for (p = *entered; p->fn; ++p) CALL(p->fn, p->data)
//     leave_probes(entered)
//   }
static void forEachProbe(IRBuilder<> &B, Value *Descriptor,
                         function_ref<void(Value *Fn, Value *Data)> CallOne) {
  LLVMContext &C = B.getContext();
  auto Block = [&](const Twine &Name) {
    return BasicBlock::Create(C, Name, B.GetInsertBlock()->getParent());
  };
  BasicBlock *Enter = Block("probes"), *First = Block("probes.first"),
             *Next = Block("probes.next"), *One = Block("probe"),
             *Leave = Block("probes.leave"), *Rest = Block("probed");
  Type *Probe = StructType::get(C, {
#define MEMBER(Type, Name) memberType<Type>(C),
                                       TRACE_PROBE(MEMBER)
#undef MEMBER
                                   });

  LoadInst *Wanted =
      B.CreateLoad(B.getInt32Ty(), wantedOf(B, Descriptor), "wanted");
  Wanted->setVolatile(true); // not atomic: see createLoadedCheck
  B.CreateCondBr(B.CreateIsNull(B.CreateAnd(Wanted, TRACE_WANTED_CALL)), Rest,
                 Enter, MDBuilder(C).createLikelyBranchWeights());

  B.SetInsertPoint(Enter);
  Value *Entered = callImage(B, "enter_probes", B.getPtrTy(), {Descriptor});
  B.CreateCondBr(B.CreateIsNull(Entered), Rest, First);

  B.SetInsertPoint(First);
  Value *Begin = B.CreateLoad(B.getPtrTy(), Entered);
  B.CreateBr(Next);

  B.SetInsertPoint(Next);
  PHINode *At = B.CreatePHI(B.getPtrTy(), 2);
  At->addIncoming(Begin, First);
  Value *Fn = B.CreateLoad(B.getPtrTy(), B.CreateStructGEP(Probe, At, 0));
  B.CreateCondBr(B.CreateIsNull(Fn), Leave, One);

  B.SetInsertPoint(One);
  CallOne(Fn, B.CreateLoad(B.getPtrTy(), B.CreateStructGEP(Probe, At, 1)));
  At->addIncoming(B.CreateConstInBoundsGEP1_64(Probe, At, 1), One);
  B.CreateBr(Next);

  B.SetInsertPoint(Leave);
  callImage(B, "leave_probes", B.getVoidTy(), {Entered});
  B.CreateBr(Rest);
  B.SetInsertPoint(Rest);
}

void callProbes(IRBuilder<> &B, Function &Record, const Event &E,
                Value *Descriptor) {
  forEachProbe(B, Descriptor, [&](Value *Fn, Value *Data) {
    callProbe(B, Record, E, Fn, Data);
  });
}

void callProbes(IRBuilder<> &B, Value *Descriptor, ArrayRef<Value *> Places) {
  Type *Pointer = B.getPtrTy();
  auto *Array = ArrayType::get(Pointer, Places.size());
  Value *Parameters = B.CreateAlloca(Array, nullptr, "parameters");
  for (auto [Index, Place] : enumerate(Places))
    B.CreateStore(Place,
                  B.CreateConstInBoundsGEP2_32(Array, Parameters, 0, Index));
  auto *Type = FunctionType::get(B.getVoidTy(), {Pointer, Pointer}, false);
  forEachProbe(B, Descriptor, [&](Value *Fn, Value *Data) {
    B.CreateCall(Type, Fn, {Data, Parameters})->setDoesNotThrow();
  });
}

} // namespace trace
