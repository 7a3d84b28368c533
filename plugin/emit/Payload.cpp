//===- Payload.cpp - a record's fields, measured and stored ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Payload.h"
#include "Descriptor.h"
#include "Image.h"
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

static Type *wordType(const Function &F) {
  return F.getParent()->getDataLayout().getIntPtrType(F.getContext());
}

/// What is recorded for a string that has no characters.
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

Value *Payload::measure() {
  Type *Word = wordType(Thunk);
  Value *Bytes = ConstantInt::get(Word, payloadBytes(E));
  for (auto [Index, F] : enumerate(E.Fields)) {
    if (F.Kind != TRACE_FIELD_STRING)
      continue;
    Value *String = Thunk.getArg(Index);
    MeasuredString S;
    if (Way == StringWay::Library) {
      S = {String, callImage(B, "string_bytes", Word, {String})};
    } else {
      S = measureInline(String);
    }
    Strings.push_back(S);
    Bytes = B.CreateAdd(Bytes, S.Length);
  }
  return Bytes;
}

// Offsets are constants up to the first string.
void Payload::store(Value *At) {
  const MeasuredString *Next = Strings.begin();
  for (auto [Index, F] : enumerate(E.Fields)) {
    if (F.Kind == TRACE_FIELD_STRING) {
      const MeasuredString &S = *Next++;
      At = Way == StringWay::Inline ? storeInline(At, S)
                                    : callImage(B, "store_string", B.getPtrTy(),
                                                {At, S.Characters, S.Length});
      continue;
    }
    B.CreateAlignedStore(Thunk.getArg(Index), At, Align(1));
    At = B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), At, F.Size);
  }
}

//   if (!string) string = "(null)"
//   length = 0
//   while (string[length] && length != MAX) ++length
//   if (!length) string = " ", length = 1
MeasuredString Payload::measureInline(Value *String) {
  Type *Word = wordType(Thunk);
  Value *IsNull = B.CreateIsNull(String);
  Module &M = *Thunk.getParent();
  String = B.CreateSelect(
      IsNull, stateText(M, ".trace.null", TRACE_STRING_NULL_TEXT), String);
  BasicBlock *From = B.GetInsertBlock();
  BasicBlock *Loop = block("measure"), *More = block("measure.more"),
             *Found = block("measured");
  B.CreateBr(Loop);

  B.SetInsertPoint(Loop);
  PHINode *Length = B.CreatePHI(Word, 2, "length");
  Length->addIncoming(ConstantInt::get(Word, 0), From);
  Value *Character = B.CreateLoad(
      B.getInt8Ty(), B.CreateInBoundsGEP(B.getInt8Ty(), String, Length));
  B.CreateCondBr(B.CreateIsNull(Character), Found, More);
  B.SetInsertPoint(More);
  Length->addIncoming(B.CreateAdd(Length, ConstantInt::get(Word, 1)), More);
  B.CreateCondBr(
      B.CreateICmpEQ(Length, ConstantInt::get(Word, TRACE_STRING_BYTES_MAX)),
      Found, Loop);

  bool Big = Thunk.getParent()->getDataLayout().isBigEndian();
  auto Head = [&](unsigned State) {
    return B.getInt16(TRACE_STRING_HEAD(Big, 0u, State));
  };
  B.SetInsertPoint(Found);
  PHINode *State = B.CreatePHI(B.getInt16Ty(), 2);
  State->addIncoming(Head(TRACE_STRING_WHOLE), Loop);
  State->addIncoming(Head(TRACE_STRING_CUT), More);
  Value *IsEmpty = B.CreateICmpEQ(Length, ConstantInt::get(Word, 0));
  static_assert(sizeof TRACE_STRING_EMPTY_TEXT == 1 + sizeof "");
  Value *Bytes = B.CreateAdd(Length, B.CreateZExt(IsEmpty, Word));
  String = B.CreateSelect(
      IsEmpty, stateText(M, ".trace.empty", TRACE_STRING_EMPTY_TEXT), String);
  Value *Number = B.CreateTrunc(Bytes, B.getInt16Ty());
  if (Big)
    Number = B.CreateShl(Number, TRACE_STRING_STATE_BITS);
  Value *Kind = B.CreateSelect(IsEmpty, Head(TRACE_STRING_EMPTY), State);
  Kind = B.CreateSelect(IsNull, Head(TRACE_STRING_NULL), Kind);
  return {String, Bytes, B.CreateOr(Kind, Number)};
}

Value *Payload::storeInline(Value *At, const MeasuredString &S) {
  B.CreateAlignedStore(S.Head, At, Align(1));
  Value *To = B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), At, sizeof(uint16_t));
  copyInline(To, S);
  return B.CreateInBoundsGEP(B.getInt8Ty(), To, S.Length);
}

// There is one at least.
//   if (length >= 8)
//     for (at = 0; ; at += 8)
//       at = min(at, length - 8): the last piece may overlap the one before it
//       copy 8; if (at == length - 8) break
//   else
//     for (at = 0; at != length; ++at) copy 1
void Payload::copyInline(Value *To, const MeasuredString &S) {
  constexpr unsigned Piece = 8;
  Type *Word = wordType(Thunk);
  auto Number = [&](uint64_t N) { return ConstantInt::get(Word, N); };
  auto CopyAt = [&](Type *T, Value *At) {
    Value *From = B.CreateInBoundsGEP(B.getInt8Ty(), S.Characters, At);
    B.CreateAlignedStore(B.CreateAlignedLoad(T, From, Align(1)),
                         B.CreateInBoundsGEP(B.getInt8Ty(), To, At), Align(1));
  };
  BasicBlock *Long = block("copy.long"), *Pieces = block("copy.pieces"),
             *Bytes = block("copy.bytes"), *Done = block("copied");
  BasicBlock *Short = B.GetInsertBlock();
  B.CreateCondBr(B.CreateICmpUGE(S.Length, Number(Piece)), Long, Bytes);

  B.SetInsertPoint(Long);
  Value *Last = B.CreateSub(S.Length, Number(Piece));
  B.CreateBr(Pieces);
  B.SetInsertPoint(Pieces);
  PHINode *Next = B.CreatePHI(Word, 2);
  Next->addIncoming(Number(0), Long);
  Value *At = B.CreateSelect(B.CreateICmpULT(Next, Last), Next, Last);
  CopyAt(B.getInt64Ty(), At);
  Next->addIncoming(B.CreateAdd(Next, Number(Piece)), Pieces);
  B.CreateCondBr(B.CreateICmpEQ(At, Last), Done, Pieces);

  B.SetInsertPoint(Bytes);
  PHINode *Index = B.CreatePHI(Word, 2);
  Index->addIncoming(Number(0), Short);
  CopyAt(B.getInt8Ty(), Index);
  Value *After = B.CreateAdd(Index, Number(1));
  Index->addIncoming(After, Bytes);
  B.CreateCondBr(B.CreateICmpEQ(After, S.Length), Done, Bytes);

  B.SetInsertPoint(Done);
}

} // namespace trace
