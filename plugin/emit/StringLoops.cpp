//===- StringLoops.cpp - loops over a string's bytes ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StringLoops.h"
#include "Shared.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {
namespace {

/// Writes a function's body.
class StringLoop {
public:
  explicit StringLoop(Function &F)
      : F(F), Layout(F.getParent()->getDataLayout()),
        B(BasicBlock::Create(F.getContext(), "entry", &F)),
        Word(cast<IntegerType>(Layout.getIntPtrType(F.getContext()))),
        WordBytes(Word->getBitWidth() / 8) {}

  void count();
  void copy();

private:
  BasicBlock *block(const Twine &Name) {
    return BasicBlock::Create(F.getContext(), Name, &F);
  }
  ConstantInt *word(uint64_t N) { return ConstantInt::get(Word, N); }
  Constant *repeat(uint8_t Byte) {
    return ConstantInt::get(Word,
                            APInt::getSplat(WordBytes * 8, APInt(8, Byte)));
  }
  Value *loadWord(Value *From);
  Value *zerosOf(Value *Bytes);
  Value *lowestByte(Value *Zeros);
  void copyAt(Type *T, Value *At);

  Function &F;
  const DataLayout &Layout;
  IRBuilder<> B;
  IntegerType *Word;
  unsigned WordBytes;
};

/// The word at an aligned address, its first byte the lowest.
Value *StringLoop::loadWord(Value *From) {
  Value *Loaded = B.CreateAlignedLoad(Word, From, Align(WordBytes));
  return Layout.isBigEndian() ? B.CreateUnaryIntrinsic(Intrinsic::bswap, Loaded)
                              : Loaded;
}

/// The highest bit of the first byte that is 0, and perhaps of later ones.
Value *StringLoop::zerosOf(Value *Bytes) {
  return B.CreateAnd(
      B.CreateAnd(B.CreateSub(Bytes, repeat(0x01)), B.CreateNot(Bytes)),
      repeat(0x80));
}

/// The number of the lowest byte of \p Zeros that has its highest bit set.
Value *StringLoop::lowestByte(Value *Zeros) {
  Value *Bit = B.CreateIntrinsic(Intrinsic::cttz, {Word}, {Zeros, B.getTrue()});
  return B.CreateLShr(Bit, 3);
}

// Word by word: an aligned word with one byte of the string lies in the
// string's page.
//
//   at = -(string % 8)
//   word = load(string + at), where what precedes the string is no NUL
//   while (!(zeros = (word - 0x01...) & ~word & 0x80...)) {
//     at += 8; if (at > last) return at
//     word = load(string + at)
//   }
//   return at + lowest byte of zeros
void StringLoop::count() {
  Value *String = F.getArg(0), *Last = F.getArg(1);
  auto At = [&](Value *Offset) {
    return B.CreateGEP(B.getInt8Ty(), String, Offset);
  };
  BasicBlock *Loop = block("count"), *More = block("more"),
             *Read = block("read"), *Found = block("found"),
             *Beyond = block("beyond");

  Value *Skew =
      B.CreateAnd(B.CreatePtrToInt(String, Word), word(WordBytes - 1));
  Value *Begin = B.CreateNeg(Skew);
  Value *Before =
      B.CreateSub(B.CreateShl(word(1), B.CreateShl(Skew, 3)), word(1));
  Value *First = B.CreateOr(loadWord(At(Begin)), Before);
  BasicBlock *Entry = B.GetInsertBlock();
  B.CreateBr(Loop);

  B.SetInsertPoint(Loop);
  PHINode *Offset = B.CreatePHI(Word, 2, "offset");
  PHINode *Bytes = B.CreatePHI(Word, 2, "bytes");
  Value *Zeros = zerosOf(Bytes);
  B.CreateCondBr(B.CreateIsNull(Zeros), More, Found);

  B.SetInsertPoint(More);
  Value *Next = B.CreateAdd(Offset, word(WordBytes));
  B.CreateCondBr(B.CreateICmpSGT(Next, Last), Beyond, Read);
  B.SetInsertPoint(Read);
  Value *NextBytes = loadWord(At(Next));
  B.CreateBr(Loop);
  Offset->addIncoming(Begin, Entry);
  Offset->addIncoming(Next, Read);
  Bytes->addIncoming(First, Entry);
  Bytes->addIncoming(NextBytes, Read);

  B.SetInsertPoint(Found);
  B.CreateRet(B.CreateAdd(Offset, lowestByte(Zeros)));
  B.SetInsertPoint(Beyond);
  B.CreateRet(Next);
}

void StringLoop::copyAt(Type *T, Value *At) {
  auto Place = [&](unsigned Argument) {
    return B.CreateInBoundsGEP(B.getInt8Ty(), F.getArg(Argument), At);
  };
  Value *Piece = B.CreateAlignedLoad(T, Place(1), Align(1));
  B.CreateAlignedStore(Piece, Place(0), Align(1));
}

//   if (length >= 8)
//     for (at = 0; ; at += 8)
//       at = min(at, length - 8): the last piece may overlap the one before it
//       copy 8; if (at == length - 8) break
//   else
//     for (at = 0; at != length; ++at) copy 1
void StringLoop::copy() {
  constexpr unsigned Piece = 8;
  Value *Length = F.getArg(2);
  BasicBlock *Long = block("long"), *Pieces = block("pieces"),
             *Bytes = block("bytes"), *Done = block("done");
  BasicBlock *Entry = B.GetInsertBlock();
  B.CreateCondBr(B.CreateICmpUGE(Length, word(Piece)), Long, Bytes);

  B.SetInsertPoint(Long);
  Value *Last = B.CreateSub(Length, word(Piece));
  B.CreateBr(Pieces);
  B.SetInsertPoint(Pieces);
  PHINode *Next = B.CreatePHI(Word, 2);
  Next->addIncoming(word(0), Long);
  Value *At = B.CreateSelect(B.CreateICmpULT(Next, Last), Next, Last);
  copyAt(B.getInt64Ty(), At);
  Next->addIncoming(B.CreateAdd(Next, word(Piece)), Pieces);
  B.CreateCondBr(B.CreateICmpEQ(At, Last), Done, Pieces);

  B.SetInsertPoint(Bytes);
  PHINode *Index = B.CreatePHI(Word, 2);
  Index->addIncoming(word(0), Entry);
  copyAt(B.getInt8Ty(), Index);
  Value *After = B.CreateAdd(Index, word(1));
  Index->addIncoming(After, Bytes);
  B.CreateCondBr(B.CreateICmpEQ(After, Length), Done, Bytes);

  B.SetInsertPoint(Done);
  B.CreateRetVoid();
}

Function &loopFunction(StringRef Prefix, FunctionType *Type,
                       const Function &Like, void (StringLoop::*Write)()) {
  return sharedFunction(Prefix, Type, Like, [Write](Function &F) {
    F.addFnAttr("no-builtins"); // else LLVM may make it a call of memcpy
    StringLoop Loop(F);
    (Loop.*Write)();
  });
}

Type *wordType(const Function &F) {
  return F.getParent()->getDataLayout().getIntPtrType(F.getContext());
}

} // namespace

Function &countFunction(const Function &Like) {
  Type *Pointer = PointerType::get(Like.getContext(), 0),
       *Word = wordType(Like);
  return loopFunction("__trace_count_",
                      FunctionType::get(Word, {Pointer, Word}, false), Like,
                      &StringLoop::count);
}

Function &copyFunction(const Function &Like) {
  Type *Pointer = PointerType::get(Like.getContext(), 0),
       *Word = wordType(Like), *Void = Type::getVoidTy(Like.getContext());
  return loopFunction("__trace_copy_",
                      FunctionType::get(Void, {Pointer, Pointer, Word}, false),
                      Like, &StringLoop::copy);
}

} // namespace trace
