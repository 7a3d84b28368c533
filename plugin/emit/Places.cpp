//===- Places.cpp - the values of parameters, in their places ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Places.h"
#include "Parts.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {

/// `this` is the first argument that is not the place of the return value
/// (Itanium C++ ABI, 3.1.3.1).
static Value *thisOf(Function &F) {
  for (Argument &A : F.args())
    if (!A.hasStructRetAttr())
      return &A;
  return nullptr;
}

static Value *follow(IRBuilder<> &B, Value *From, ArrayRef<uint64_t> Steps) {
  for (auto [Index, Step] : enumerate(Steps)) {
    if (Index)
      From = B.CreateAlignedLoad(B.getPtrTy(), From, Align(1));
    From = B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), From, Step);
  }
  return From;
}

/// Pointer and length of a sequence that may be short.
static void loadEither(IRBuilder<> &B, const Field &F, const ShortForm &Short,
                       ArrayRef<Type *> Types, Value *Place,
                       SmallVectorImpl<Value *> &Values) {
  auto Load = [&](Type *T, const Path &At) {
    return B.CreateAlignedLoad(T, follow(B, Place, At), Align(1));
  };
  Value *Head = B.CreateZExt(Load(B.getInt8Ty(), Short.HeadAt), Types.back());
  Value *IsLong = B.CreateIsNotNull(B.CreateAnd(Head, Short.LongMask));
  Value *Length =
      B.CreateAnd(B.CreateLShr(Head, Short.LengthShift), Short.LengthMask);
  Values.push_back(B.CreateSelect(IsLong, Load(Types.front(), F.At),
                                  follow(B, Place, Short.DataAt)));
  Values.push_back(
      B.CreateSelect(IsLong, Load(Types.back(), F.LengthAt), Length));
}

static void loadValues(IRBuilder<> &B, const Field &F, ArrayRef<Type *> Types,
                       Value *Place, SmallVectorImpl<Value *> &Values) {
  if (F.Short)
    return loadEither(B, F, *F.Short, Types, Place, Values);
  Value *At = follow(B, Place, F.At);
  Values.push_back(
      F.InPlace ? At
                : B.CreateAlignedLoad(Types.front(), At, Align(1), F.Name));
  if (Types.size() == 2)
    Values.push_back(B.CreateAlignedLoad(
        Types.back(), follow(B, Place, F.LengthAt), Align(1)));
}

SmallVector<Value *, 8> valuesAt(IRBuilder<> &B, Function &F, const Event &E,
                                 ArrayRef<Value *> Places) {
  SmallVector<Value *, 8> Values;
  for (const Field &Each : E.Fields) {
    SmallVector<Type *, 2> Types = valueTypes(Each, *F.getParent());
    if (!Each.Implicit && Each.Argument < Places.size()) {
      loadValues(B, Each, Types, Places[Each.Argument], Values);
      continue;
    }
    if (Value *This = Each.Implicit ? thisOf(F) : nullptr;
        This && This->getType() == Types.front()) {
      Values.push_back(This);
      continue;
    }
    F.getContext().diagnose(DiagnosticInfoUnsupported(
        F, "trace point: parameter '" + Each.Name +
               "' can't be found at the function's entry"));
    for (Type *T : Types)
      Values.push_back(Constant::getNullValue(T));
  }
  return Values;
}

} // namespace trace
