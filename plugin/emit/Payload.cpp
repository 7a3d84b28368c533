//===- Payload.cpp - a record's fields, measured and stored ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Payload.h"
#include "Descriptor.h"
#include "Image.h"
#include "StringLoops.h"
#include "trace/layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {

static Value *imageMember(IRBuilder<> &B, StringRef Member) {
  static constexpr StringLiteral Names[] = {
#define NAME(Type, Name) #Name,
      TRACE_IMAGE(NAME)
#undef NAME
  };
  Module &M = *B.GetInsertBlock()->getModule();
  unsigned Index = find(Names, Member) - std::begin(Names);
  return B.CreateStructGEP(imageType(M), imageRecord(M), Index);
}

CallInst *callImage(IRBuilder<> &B, StringRef Member, Type *Result,
                    ArrayRef<Value *> Arguments) {
  SmallVector<Type *, 3> Types;
  for (Value *A : Arguments)
    Types.push_back(A->getType());
  Value *Entry = B.CreateLoad(B.getPtrTy(), imageMember(B, Member));
  CallInst *Call =
      B.CreateCall(FunctionType::get(Result, Types, false), Entry, Arguments);
  Call->setDoesNotThrow();
  return Call;
}

Value *loadImage(IRBuilder<> &B, StringRef Member) {
  return B.CreateLoad(B.getInt32Ty(), imageMember(B, Member), Member);
}

Value *wantedOf(IRBuilder<> &B, Value *Descriptor) {
  auto At = [&](Value *Base, uint64_t Offset) {
    return B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Base, Offset);
  };
  Value *Lead = At(Descriptor, offsetof(trace_event, key));
  LoadInst *Key = B.CreateAlignedLoad(B.getInt32Ty(), Lead, Align(4), "key");
  return At(B.CreateGEP(B.getInt8Ty(), Lead, Key), offsetof(trace_key, wanted));
}

static Type *wordType(const Function &F) {
  return F.getParent()->getDataLayout().getIntPtrType(F.getContext());
}

/// What is recorded for a string or sequence that has nothing. A NUL follows.
static Constant *stateText(Module &M, StringRef Name, StringRef Text) {
  if (GlobalVariable *Existing = M.getNamedGlobal(Name))
    return Existing;
  Constant *Characters = ConstantDataArray::getString(M.getContext(), Text);
  auto *Variable =
      new GlobalVariable(M, Characters->getType(), /*isConstant=*/true,
                         GlobalValue::PrivateLinkage, Characters, Name);
  Variable->setUnnamedAddr(GlobalValue::UnnamedAddr::Global);
  return Variable;
}

BasicBlock *Payload::block(const Twine &Name) {
  return BasicBlock::Create(Thunk.getContext(), Name, &Thunk);
}

ConstantInt *Payload::word(uint64_t N) const {
  return cast<ConstantInt>(ConstantInt::get(wordType(Thunk), N));
}

bool hasHead(const Field &F) {
  return F.Kind == TRACE_FIELD_STRING || F.Form == Shape::Sequence;
}

Value *Payload::measure() {
  Value *Bytes = word(payloadBytes(E));
  unsigned First = 0;
  for (const Field &F : E.Fields) {
    if (hasHead(F)) {
      Sized.push_back(measure(F, First));
      Bytes = B.CreateAdd(Bytes, Sized.back().Bytes);
    }
    First += valueCount(F);
  }
  return Bytes;
}

Measured Payload::measure(const Field &F, unsigned First) {
  Value *From = Thunk.getArg(First);
  if (F.Form == Shape::Sequence)
    return measureSized(F, From, lengthOf(F, First));
  if (F.Form == Shape::Array)
    return measureString(From, F.Count);
  if (Way == StringWay::Library)
    return {From, callImage(B, "string_bytes", wordType(Thunk), {From})};
  return measureString(From, UINT64_MAX);
}

// Offsets are constants up to the first string.
void Payload::store(Value *At) {
  const Measured *Next = Sized.begin();
  unsigned First = 0;
  for (const Field &F : E.Fields) {
    Value *V = Thunk.getArg(First);
    First += valueCount(F);
    if (hasHead(F)) {
      At = storeMeasured(At, F, *Next++);
      continue;
    }
    if (F.Form == Shape::Array)
      copyFixed(At, V, fixedBytes(F));
    else
      B.CreateAlignedStore(V, At, Align(1));
    At = B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), At, fixedBytes(F));
  }
}

Value *Payload::storeMeasured(Value *At, const Field &F, const Measured &M) {
  if (!M.Head)
    return callImage(B, "store_string", B.getPtrTy(), {At, M.From, M.Bytes});
  // An array is where the language says that it is.
  if (Way == StringWay::Inline || F.Form == Shape::Array)
    return storeInline(At, M);
  return callImage(B, "store_sized", B.getPtrTy(),
                   {At, M.From, M.Bytes, M.Head});
}

static unsigned headOf(const Function &F, unsigned State) {
  return TRACE_STRING_HEAD(F.getParent()->getDataLayout().isBigEndian(), 0u,
                           State);
}

Measured Payload::finish(Measured M, Value *Count, Value *State) {
  Value *Number = B.CreateTrunc(Count, B.getInt16Ty());
  if (Thunk.getParent()->getDataLayout().isBigEndian())
    Number = B.CreateShl(Number, TRACE_STRING_STATE_BITS);
  M.Head = B.CreateOr(State, Number);
  return M;
}

//   if (!string) string = "(null)"
//   length = min(up to a NUL, bytes_max, MAX)
//   if (!length) string = " ", length = 1
//
// Where bytes_max is not above MAX, it ends a whole string; else that is known
// from the character behind the last that is kept.
Measured Payload::measureString(Value *String, uint64_t BytesMax) {
  Type *Word = wordType(Thunk);
  const bool Bounded = BytesMax <= TRACE_STRING_BYTES_MAX;
  const uint64_t Most = Bounded ? BytesMax : TRACE_STRING_BYTES_MAX;
  Value *IsNull = B.CreateIsNull(String);
  Module &M = *Thunk.getParent();
  String = B.CreateSelect(
      IsNull, stateText(M, ".trace.null", TRACE_STRING_NULL_TEXT), String);
  Value *Count = B.CreateCall(&countFunction(Thunk),
                              {String, word(Bounded ? BytesMax - 1 : Most)});
  Value *IsLonger = B.CreateICmpUGT(Count, word(Most));
  Value *Length = B.CreateSelect(IsLonger, word(Most), Count);

  auto Head = [&](unsigned State) { return B.getInt16(headOf(Thunk, State)); };
  Value *Kind = Head(TRACE_STRING_WHOLE);
  if (!Bounded)
    Kind = B.CreateSelect(IsLonger, Head(TRACE_STRING_CUT), Kind);
  Value *IsEmpty = B.CreateICmpEQ(Length, word(0));
  static_assert(sizeof TRACE_STRING_EMPTY_TEXT == 1 + sizeof "");
  Value *Bytes = B.CreateAdd(Length, B.CreateZExt(IsEmpty, Word));
  String = B.CreateSelect(
      IsEmpty, stateText(M, ".trace.empty", TRACE_STRING_EMPTY_TEXT), String);
  Kind = B.CreateSelect(IsEmpty, Head(TRACE_STRING_EMPTY), Kind);
  Kind = B.CreateSelect(IsNull, Head(TRACE_STRING_NULL), Kind);
  return finish({String, Bytes}, Bytes, Kind);
}

/// As an unsigned word, at most one more than is recorded. A negative number,
/// such as read()'s for an error, is 0.
Value *Payload::lengthOf(const Field &F, unsigned First) {
  Value *Length =
      Thunk.getArg(F.LengthField ? firstValue(E, *F.LengthField) : First + 1);
  bool Signed = F.LengthField && E.Fields[*F.LengthField].Signed;
  Type *Wide = B.getInt64Ty();
  Value *Number =
      Signed ? B.CreateSExt(Length, Wide) : B.CreateZExt(Length, Wide);
  if (Signed)
    Number = B.CreateBinaryIntrinsic(Intrinsic::smax, Number, B.getInt64(0));
  Number =
      B.CreateBinaryIntrinsic(Intrinsic::umin, Number, B.getInt64(F.Count + 1));
  return B.CreateZExtOrTrunc(Number, wordType(Thunk));
}

//   if (length == 0) empty
//   else if (!from) null
//   else if (length > MAX) cut
//
// Nothing is read of what it points to.
Measured Payload::measureSized(const Field &F, Value *From, Value *Length) {
  bool IsText = F.Kind == TRACE_FIELD_STRING;
  uint64_t ElementBytes = IsText ? 1 : F.Size;
  Value *IsEmpty = B.CreateICmpEQ(Length, word(0));
  Value *IsNull = B.CreateAnd(B.CreateIsNull(From), B.CreateNot(IsEmpty));
  Value *IsCut = B.CreateICmpUGT(Length, word(F.Count));
  Module &M = *Thunk.getParent();
  Constant *Zeros =
      IsText ? nullptr
             : stateText(M, ".trace.zeros", StringRef("\0\0\0\0\0\0\0", 8));
  auto Choose = [&](Value *Condition, StringRef Name, StringRef Text) {
    From = B.CreateSelect(Condition, IsText ? stateText(M, Name, Text) : Zeros,
                          From);
    Length = B.CreateSelect(Condition, word(IsText ? Text.size() : 1), Length);
  };
  Length = B.CreateSelect(IsCut, word(F.Count), Length);
  Choose(IsNull, ".trace.null", TRACE_STRING_NULL_TEXT);
  Choose(IsEmpty, ".trace.empty", TRACE_STRING_EMPTY_TEXT);

  auto Head = [&](unsigned State) { return B.getInt16(headOf(Thunk, State)); };
  Value *State =
      B.CreateSelect(IsCut, Head(TRACE_STRING_CUT), Head(TRACE_STRING_WHOLE));
  State = B.CreateSelect(IsNull, Head(TRACE_STRING_NULL), State);
  State = B.CreateSelect(IsEmpty, Head(TRACE_STRING_EMPTY), State);
  return finish({From, B.CreateMul(Length, word(ElementBytes))}, Length, State);
}

Value *Payload::storeInline(Value *At, const Measured &M) {
  B.CreateAlignedStore(M.Head, At, Align(1));
  Value *To = B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), At, sizeof(uint16_t));
  copyInline(To, M);
  return B.CreateInBoundsGEP(B.getInt8Ty(), To, M.Bytes);
}

void Payload::copyInline(Value *To, const Measured &S) {
  B.CreateCall(&copyFunction(Thunk), {To, S.From, S.Bytes});
}

/// Without a loop, if it is short.
void Payload::copyFixed(Value *To, Value *From, uint64_t Bytes) {
  constexpr uint64_t ShortBytes = 64;
  if (Bytes > ShortBytes)
    return copyInline(To, {From, word(Bytes)});
  for (uint64_t At = 0, Piece = 8; At != Bytes; At += Piece) {
    while (Piece > Bytes - At)
      Piece /= 2;
    auto Place = [&](Value *Base) {
      return B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Base, At);
    };
    B.CreateAlignedStore(
        B.CreateAlignedLoad(B.getIntNTy(Piece * 8), Place(From), Align(1)),
        Place(To), Align(1));
  }
}

} // namespace trace
