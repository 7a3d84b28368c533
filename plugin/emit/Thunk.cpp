//===- Thunk.cpp - the slow path's one call -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Thunk.h"
#include "Descriptor.h"
#include "Image.h"
#include "Parts.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {
namespace {

/// Writes the body of a thunk.
class ThunkBody {
public:
  ThunkBody(Function &Thunk, const Event &E, GlobalVariable *Descriptor)
      : Thunk(Thunk), M(*Thunk.getParent()), E(E), Descriptor(Descriptor),
        B(BasicBlock::Create(M.getContext(), "entry", &Thunk)),
        Word(M.getDataLayout().getIntPtrType(M.getContext())) {}

  void write() {
    measureStrings();
    Value *Payload = callImage("reserve", ImageMember::Reserve, B.getPtrTy(),
                               {Descriptor, Bytes});
    auto *Store = BasicBlock::Create(M.getContext(), "store", &Thunk);
    auto *Done = BasicBlock::Create(M.getContext(), "done", &Thunk);
    B.CreateCondBr(B.CreateIsNotNull(Payload), Store, Done);
    B.SetInsertPoint(Store);
    storeFields(Payload);
    callImage("", ImageMember::Commit, B.getVoidTy(), {Payload});
    B.CreateBr(Done);
    B.SetInsertPoint(Done);
    B.CreateRetVoid();
  }

private:
  /// Positions in TRACE_IMAGE.
  struct ImageMember {
    enum : unsigned {
#define MEMBER(Type, Name) At_##Name,
      TRACE_IMAGE(MEMBER)
#undef MEMBER
          Reserve = At_reserve,
      StringBytes = At_string_bytes,
      StoreString = At_store_string,
      Commit = At_commit,
    };
  };

  Value *callImage(const Twine &Name, unsigned Member, Type *Result,
                   ArrayRef<Value *> Arguments) {
    SmallVector<Type *, 3> Types;
    for (Value *A : Arguments)
      Types.push_back(A->getType());
    Value *Slot = B.CreateStructGEP(imageType(M), imageRecord(M), Member);
    Value *Entry = B.CreateLoad(B.getPtrTy(), Slot);
    CallInst *Call = B.CreateCall(FunctionType::get(Result, Types, false),
                                  Entry, Arguments, Name);
    Call->setDoesNotThrow();
    return Call;
  }

  void measureStrings() {
    Bytes = ConstantInt::get(Word, payloadBytes(E));
    for (auto [Index, F] : enumerate(E.Fields)) {
      if (F.Kind != TRACE_FIELD_STRING)
        continue;
      Value *Length = callImage(F.Name + ".bytes", ImageMember::StringBytes,
                                Word, {Thunk.getArg(Index)});
      StringBytes.push_back(Length);
      Bytes = B.CreateAdd(Bytes, Length);
    }
  }

  /// One field after the other, without padding. Offsets are constants up to
  /// the first string.
  void storeFields(Value *At) {
    size_t String = 0;
    for (auto [Index, F] : enumerate(E.Fields)) {
      Argument *A = Thunk.getArg(Index);
      if (F.Kind == TRACE_FIELD_STRING) {
        At = callImage("", ImageMember::StoreString, B.getPtrTy(),
                       {At, A, StringBytes[String++]});
        continue;
      }
      B.CreateAlignedStore(A, At, Align(1));
      At = B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), At, F.Size);
    }
  }

  Function &Thunk;
  Module &M;
  const Event &E;
  GlobalVariable *Descriptor;
  IRBuilder<> B;
  Type *Word;
  Value *Bytes = nullptr;
  SmallVector<Value *, 4> StringBytes;
};

} // namespace

Function *makeThunk(Module &M, const Event &E, GlobalVariable *Descriptor,
                    CallingConv::ID Convention, const Twine &Name) {
  SmallVector<Type *, 8> Types;
  for (const Field &F : E.Fields)
    Types.push_back(fieldType(F, M));
  auto *Thunk = Function::Create(
      FunctionType::get(Type::getVoidTy(M.getContext()), Types, false),
      GlobalValue::LinkOnceODRLinkage, Name, M);
  Thunk->setCallingConv(Convention);
  Thunk->addFnAttr(Attribute::NoUnwind);
  Thunk->addFnAttr(Attribute::NoInline);
  Thunk->addFnAttr(Attribute::Cold);
  ThunkBody(*Thunk, E, Descriptor).write();
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
                    ArrayRef<Value *> Arguments) {
  SmallVector<Value *, 8> Converted;
  for (auto [A, To] : zip_equal(Arguments, Thunk.getFunctionType()->params()))
    Converted.push_back(A->getType() == To ? A : B.CreateZExt(A, To));
  CallInst *Call = B.CreateCall(&Thunk, Converted);
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
