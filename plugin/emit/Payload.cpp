//===- Payload.cpp - a record's fields, measured and stored ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Payload.h"
#include "Descriptor.h"
#include "Image.h"
#include "Shared.h"
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

/// The number of the lowest byte of \p Zeros that has its highest bit set.
static Value *lowestByte(IRBuilder<> &B, Value *Zeros) {
  Value *Bit = B.CreateIntrinsic(Intrinsic::cttz, {Zeros->getType()},
                                 {Zeros, B.getTrue()});
  return B.CreateLShr(Bit, 3);
}

/// The word at an aligned address, its first byte the lowest.
static Value *loadWord(IRBuilder<> &B, Type *Word, Value *From) {
  const DataLayout &Layout = B.GetInsertBlock()->getModule()->getDataLayout();
  Align Aligned(Layout.getTypeStoreSize(Word));
  Value *Loaded = B.CreateAlignedLoad(Word, From, Aligned);
  return Layout.isBigEndian() ? B.CreateUnaryIntrinsic(Intrinsic::bswap, Loaded)
                              : Loaded;
}

// Up to the first NUL, or something above \p Last if none is at \p Last or
// before. Word by word: an aligned word with one byte of the string lies in the
// string's page.
//
//   at = -(string % 8)
//   word = load(string + at), where what precedes the string is no NUL
//   while (!(zeros = (word - 0x01...) & ~word & 0x80...)) {
//     at += 8; if (at > last) return at
//     word = load(string + at)
//   }
//   return at + lowest byte of zeros
Value *Payload::countLoop(Value *String, Value *Last) {
  Type *Word = wordType(Thunk);
  const unsigned Bits = Word->getIntegerBitWidth();
  auto Repeat = [&](uint8_t Byte) {
    return ConstantInt::get(Word, APInt::getSplat(Bits, APInt(8, Byte)));
  };
  auto At = [&](Value *Offset) {
    return B.CreateGEP(B.getInt8Ty(), String, Offset);
  };
  BasicBlock *Loop = block("measure"), *More = block("measure.more"),
             *Read = block("measure.read"), *Found = block("measure.found"),
             *Done = block("measured");

  Value *Skew = B.CreateAnd(B.CreatePtrToInt(String, Word), word(Bits / 8 - 1));
  Value *Begin = B.CreateNeg(Skew);
  Value *Before =
      B.CreateSub(B.CreateShl(word(1), B.CreateShl(Skew, 3)), word(1));
  Value *First = B.CreateOr(loadWord(B, Word, At(Begin)), Before);
  BasicBlock *From = B.GetInsertBlock();
  B.CreateBr(Loop);

  B.SetInsertPoint(Loop);
  PHINode *Offset = B.CreatePHI(Word, 2, "offset");
  PHINode *Bytes = B.CreatePHI(Word, 2, "bytes");
  Value *Zeros = B.CreateAnd(
      B.CreateAnd(B.CreateSub(Bytes, Repeat(0x01)), B.CreateNot(Bytes)),
      Repeat(0x80));
  B.CreateCondBr(B.CreateIsNull(Zeros), More, Found);

  B.SetInsertPoint(More);
  Value *Next = B.CreateAdd(Offset, word(Bits / 8));
  B.CreateCondBr(B.CreateICmpSGT(Next, Last), Done, Read);
  B.SetInsertPoint(Read);
  Value *NextBytes = loadWord(B, Word, At(Next));
  B.CreateBr(Loop);
  Offset->addIncoming(Begin, From);
  Offset->addIncoming(Next, Read);
  Bytes->addIncoming(First, From);
  Bytes->addIncoming(NextBytes, Read);

  B.SetInsertPoint(Found);
  Value *End = B.CreateAdd(Offset, lowestByte(B, Zeros));
  B.CreateBr(Done);
  B.SetInsertPoint(Done);
  PHINode *Count = B.CreatePHI(Word, 2);
  Count->addIncoming(Next, More);
  Count->addIncoming(End, Found);
  return Count;
}

/// A function of its own, which has no payload but a loop of one.
static Function &loopFunction(StringRef Prefix, Type *Result,
                              ArrayRef<Type *> Parameters, const Function &Like,
                              function_ref<void(IRBuilder<> &, Payload &)> Do) {
  return sharedFunction(
      Prefix, FunctionType::get(Result, Parameters, false), Like,
      [&](Function &F) {
        F.addFnAttr("no-builtins"); // else it might be a call of memcpy
        IRBuilder<> B(BasicBlock::Create(F.getContext(), "entry", &F));
        const Event Nothing;
        Payload P(B, F, Nothing, StringWay::Inline);
        Do(B, P);
      });
}

Value *Payload::countBytes(Value *String, uint64_t Last) {
  Type *Word = wordType(Thunk);
  Function &Count = loopFunction(
      "__trace_count_", Word, {B.getPtrTy(), Word}, Thunk,
      [](IRBuilder<> &B, Payload &P) {
        B.CreateRet(P.countLoop(P.Thunk.getArg(0), P.Thunk.getArg(1)));
      });
  return B.CreateCall(&Count, {String, word(Last)});
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
  Value *Count = countBytes(String, Bounded ? BytesMax - 1 : Most);
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
  Function &Copy =
      loopFunction("__trace_copy_", B.getVoidTy(),
                   {B.getPtrTy(), B.getPtrTy(), wordType(Thunk)}, Thunk,
                   [](IRBuilder<> &B, Payload &P) {
                     Function &F = P.Thunk;
                     P.copyLoop(F.getArg(0), {F.getArg(1), F.getArg(2)});
                     B.CreateRetVoid();
                   });
  B.CreateCall(&Copy, {To, S.From, S.Bytes});
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

// There is one at least.
//   if (length >= 8)
//     for (at = 0; ; at += 8)
//       at = min(at, length - 8): the last piece may overlap the one before it
//       copy 8; if (at == length - 8) break
//   else
//     for (at = 0; at != length; ++at) copy 1
void Payload::copyLoop(Value *To, const Measured &S) {
  constexpr unsigned Piece = 8;
  Type *Word = wordType(Thunk);
  auto CopyAt = [&](Type *T, Value *At) {
    Value *From = B.CreateInBoundsGEP(B.getInt8Ty(), S.From, At);
    B.CreateAlignedStore(B.CreateAlignedLoad(T, From, Align(1)),
                         B.CreateInBoundsGEP(B.getInt8Ty(), To, At), Align(1));
  };
  BasicBlock *Long = block("copy.long"), *Pieces = block("copy.pieces"),
             *Bytes = block("copy.bytes"), *Done = block("copied");
  BasicBlock *Short = B.GetInsertBlock();
  B.CreateCondBr(B.CreateICmpUGE(S.Bytes, word(Piece)), Long, Bytes);

  B.SetInsertPoint(Long);
  Value *Last = B.CreateSub(S.Bytes, word(Piece));
  B.CreateBr(Pieces);
  B.SetInsertPoint(Pieces);
  PHINode *Next = B.CreatePHI(Word, 2);
  Next->addIncoming(word(0), Long);
  Value *At = B.CreateSelect(B.CreateICmpULT(Next, Last), Next, Last);
  CopyAt(B.getInt64Ty(), At);
  Next->addIncoming(B.CreateAdd(Next, word(Piece)), Pieces);
  B.CreateCondBr(B.CreateICmpEQ(At, Last), Done, Pieces);

  B.SetInsertPoint(Bytes);
  PHINode *Index = B.CreatePHI(Word, 2);
  Index->addIncoming(word(0), Short);
  CopyAt(B.getInt8Ty(), Index);
  Value *After = B.CreateAdd(Index, word(1));
  Index->addIncoming(After, Bytes);
  B.CreateCondBr(B.CreateICmpEQ(After, S.Bytes), Done, Bytes);

  B.SetInsertPoint(Done);
}

} // namespace trace
