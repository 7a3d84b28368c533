//===- Usdt.cpp - an event as a USDT probe --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Usdt.h"
#include "Members.h"
#include "lower/Sequence.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace trace {
namespace {

constexpr StringLiteral BaseName = "_.stapsdt.base";
constexpr StringLiteral BaseSection = ".stapsdt.base";

/// The operands of the inline assembly, and what the note says of them.
class Operands {
public:
  Operands(IRBuilder<> &B, const Event &E, ArrayRef<Value *> Values)
      : B(B), Layout(B.GetInsertBlock()->getModule()->getDataLayout()),
        WordBytes(Layout.getPointerSize()) {
    raw_string_ostream OS(Note);
    ListSeparator Space(" ");
    for (const Field &F : E.Fields)
      for (unsigned I = 0; I != valueCount(F); ++I) {
        // Of a string or of several elements, the address and the length.
        bool Signed =
            F.Signed && F.Kind != TRACE_FIELD_FLOAT && F.Form == Shape::One;
        Value *V = Values.front();
        Values = Values.drop_front();
        Value *Number =
            Arguments.size() < UsdtArgumentsMax ? numberOf(V) : nullptr;
        if (!Number)
          continue;
        unsigned Bytes = Layout.getTypeStoreSize(Number->getType());
        OS << Space << (Signed ? "-" : "") << Bytes << "@$" << Arguments.size();
        add(Number, Bytes, Signed);
      }
  }

  void addBase(GlobalVariable *Base) {
    Arguments.push_back(Base);
    Constraints += Constraints.empty() ? "s" : ",s";
  }

  CallInst *call(StringRef Text) const {
    SmallVector<Type *, 13> Types;
    for (Value *A : Arguments)
      Types.push_back(A->getType());
    auto *Asm = InlineAsm::get(FunctionType::get(B.getVoidTy(), Types, false),
                               Text, Constraints, /*hasSideEffects=*/true);
    CallInst *Call = B.CreateCall(Asm, Arguments);
    for (auto [Index, Type] : InMemory)
      Call->addParamAttr(
          Index, Attribute::get(B.getContext(), Attribute::ElementType, Type));
    Call->setDoesNotThrow();
    // A tracer may follow pointers; else it sees the operands alone.
    MemoryEffects Effects = MemoryEffects::inaccessibleMemOnly();
    if (any_of(drop_end(Arguments),
               [](Value *A) { return A->getType()->isPointerTy(); }))
      Effects |= MemoryEffects::readOnly();
    Call->setMemoryEffects(Effects);
    return Call;
  }

  size_t size() const { return Arguments.size(); }
  unsigned wordBytes() const { return WordBytes; }
  std::string Note; ///< SIZE@OPERAND, negative for a signed one

private:
  /// \p V as tools can print it: floating point as its bits, which all of them
  /// take. Null: nothing that they know.
  Value *numberOf(Value *V) {
    Type *T = V->getType();
    if (T->isIntegerTy(1))
      return B.CreateZExt(V, B.getInt8Ty());
    if (T->isFloatTy() || T->isDoubleTy())
      return B.CreateBitCast(
          V, B.getIntNTy(T->getPrimitiveSizeInBits().getFixedValue()));
    return T->isPointerTy() || T->isIntegerTy(8) || T->isIntegerTy(16) ||
                   T->isIntegerTy(32) || T->isIntegerTy(64)
               ? V
               : nullptr;
  }

  /// In a register as long as there are certainly enough, else in memory: on
  /// i386, say, few are left, and an argument lies on the stack anyway. Where
  /// an operand may be either, LLVM takes memory.
  void add(Value *V, unsigned Bytes, bool Signed) {
    const unsigned RegistersMax = WordBytes == 8 ? 6 : 3;
    bool Immediate = isa<ConstantInt>(V);
    if (!Constraints.empty())
      Constraints += ',';
    if (Bytes <= WordBytes && (Immediate || Registers < RegistersMax)) {
      Registers += !Immediate;
      // i386 has few registers of which a byte can be had.
      if (WordBytes == 4 && Bytes < 4)
        V = B.CreateIntCast(V, B.getInt32Ty(), Signed);
      Constraints += "nr";
      Arguments.push_back(V);
      return;
    }
    Function &F = *B.GetInsertBlock()->getParent();
    auto *Place = IRBuilder<>(&F.getEntryBlock(), F.getEntryBlock().begin())
                      .CreateAlloca(V->getType());
    B.CreateStore(V, Place);
    Constraints += "*m";
    InMemory.push_back({Arguments.size(), V->getType()});
    Arguments.push_back(Place);
  }

  IRBuilder<> &B;
  const DataLayout &Layout;
  unsigned WordBytes;
  unsigned Registers = 0;
  std::string Constraints;
  SmallVector<Value *, 13> Arguments;
  SmallVector<std::pair<unsigned, Type *>, 4> InMemory;
};

} // namespace

GlobalVariable *usdtBase(Module &M) {
  if (GlobalVariable *Existing = M.getNamedGlobal(BaseName))
    return Existing;
  // Tools compare its address in the note with that of its section, which it
  // begins, to see how far prelink has moved the code. So an image has one, in
  // the group in which <sys/sdt.h> has it, too.
  Type *Byte = Type::getInt8Ty(M.getContext());
  auto *Base = new GlobalVariable(M, Byte, /*isConstant=*/true,
                                  GlobalValue::WeakODRLinkage,
                                  ConstantInt::get(Byte, 0), BaseName);
  markShared(*Base, M.getOrInsertComdat(BaseSection));
  Base->setSection(BaseSection);
  Base->setAlignment(Align(1));
  return Base;
}

void emitUsdt(IRBuilder<> &B, const Event &E, ArrayRef<Value *> Values) {
  Function &F = *B.GetInsertBlock()->getParent();
  Module &M = *F.getParent();
  const Target *Row = targetOf(F);
  if (!Row || !isELF(M))
    return;
  Operands O(B, E, Values);
  ProbeNote Note = {E.System, E.Name, O.Note,
                    "${" + std::to_string(O.size()) + ":c}", O.wordBytes()};
  O.addBase(usdtBase(M));
  O.call(probeSequence(*Row, Note));
}

} // namespace trace
