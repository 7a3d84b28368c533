//===- Standard.cpp - what the standard library has several of ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By the members of the class, whatever they are called: a view is a pointer
// and a number. So is libstdc++'s std::string, besides a union of its buffer
// and its capacity. libc++'s is a union of two structs: one has these two, the
// other the characters themselves, and in a byte of it are their number and a
// bit, which says in both whether it is the first.
//
//===----------------------------------------------------------------------===//

#include "Standard.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/Support/MathExtras.h"

using namespace clang;

namespace trace {
namespace {

struct BitField {
  uint64_t Bit, Bits;
};

struct Members {
  SmallVector<uint64_t, 2> Pointers, Integers, Arrays;
  SmallVector<BitField, 2> BitFields;
  SmallVector<std::pair<const CXXRecordDecl *, uint64_t>, 1> Unions;
};

void findMembers(const CXXRecordDecl &R, uint64_t At, const ASTContext &Context,
                 Members &Found) {
  const ASTRecordLayout &Layout = Context.getASTRecordLayout(&R);
  for (const CXXBaseSpecifier &Base : R.bases())
    if (const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl();
        B && !Base.isVirtual() && !B->isEmpty())
      findMembers(*B, At + Layout.getBaseClassOffset(B).getQuantity(), Context,
                  Found);
  for (const FieldDecl *F : R.fields()) {
    QualType T = F->getType();
    const uint64_t Bit = Layout.getFieldOffset(F->getFieldIndex());
    uint64_t Place = At + Context.toCharUnitsFromBits(Bit).getQuantity();
    if (const CXXRecordDecl *Inner = T->getAsCXXRecordDecl()) {
      if (Inner->isUnion())
        Found.Unions.push_back({Inner, Place});
      else if (!Inner->isEmpty())
        findMembers(*Inner, Place, Context, Found);
    } else if (F->isBitField()) {
      llvm::APSInt Bits = F->getBitWidth()->EvaluateKnownConstInt(Context);
      Found.BitFields.push_back({At * 8 + Bit, Bits.getZExtValue()});
    } else if (T->isConstantArrayType()) {
      Found.Arrays.push_back(Place);
    } else if (T->isPointerType()) {
      Found.Pointers.push_back(Place);
    } else if (T->isIntegerType()) {
      Found.Integers.push_back(Place);
    }
  }
}

/// A byte of which the bits from \p Bit on are wanted, counted as the target
/// lays out bit-fields: how far to shift it.
uint64_t shiftTo(const BitField &F, const ASTContext &Context) {
  const uint64_t First = F.Bit % 8;
  return Context.getTargetInfo().isBigEndian() ? 8 - First - F.Bits : First;
}

std::optional<ShortForm> shortForm(const Members &M,
                                   const ASTContext &Context) {
  if (M.Arrays.size() != 1 || M.BitFields.size() != 2)
    return std::nullopt;
  auto [Flag, Length] = std::pair(M.BitFields[0], M.BitFields[1]);
  if (Flag.Bits != 1)
    std::swap(Flag, Length);
  if (Flag.Bits != 1 || Length.Bits != 7 || Flag.Bit / 8 != Length.Bit / 8)
    return std::nullopt;
  return ShortForm{{Flag.Bit / 8},
                   uint64_t{1} << shiftTo(Flag, Context),
                   shiftTo(Length, Context),
                   llvm::maskTrailingOnes<uint64_t>(Length.Bits),
                   {M.Arrays.front()}};
}

/// Of a union with a struct for each form.
bool findForms(const CXXRecordDecl &Union, uint64_t At,
               const ASTContext &Context, StandardSequence &S) {
  bool HasLong = false;
  for (const FieldDecl *F : Union.fields()) {
    const CXXRecordDecl *R = F->getType()->getAsCXXRecordDecl();
    if (!R || R->isUnion())
      continue;
    Members Form;
    findMembers(*R, At, Context, Form);
    if (Form.Pointers.size() == 1 && Form.Integers.size() == 1) {
      HasLong = true;
      S.DataAt = Form.Pointers.front();
      S.LengthAt = Form.Integers.front();
    } else if (std::optional<ShortForm> Short = shortForm(Form, Context)) {
      S.Short = Short;
    }
  }
  return HasLong && S.Short;
}

const ClassTemplateSpecializationDecl *standardClass(QualType T) {
  const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  if (!R || !R->isInStdNamespace() || !R->getIdentifier())
    return nullptr;
  StringRef Name = R->getName();
  return Name == "basic_string" || Name == "basic_string_view" || Name == "span"
             ? R
             : nullptr;
}

} // namespace

bool isStandardSequence(QualType T) { return standardClass(T); }

std::optional<StandardSequence> standardSequence(QualType T,
                                                 const ASTContext &Context) {
  const ClassTemplateSpecializationDecl *R = standardClass(T);
  if (!R || !R->getDefinition() || R->getTemplateArgs().size() == 0 ||
      R->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return std::nullopt;
  Members Found;
  findMembers(*R->getDefinition(), 0, Context, Found);
  StandardSequence S;
  S.Element = R->getTemplateArgs()[0].getAsType();
  if (Found.Pointers.empty() && Found.Unions.size() == 1) {
    auto [Union, At] = Found.Unions.front();
    return findForms(*Union, At, Context, S) ? std::optional(S) : std::nullopt;
  }
  if (Found.Pointers.size() != 1 || Found.Integers.size() > 1)
    return std::nullopt;
  S.DataAt = Found.Pointers.front();
  if (!Found.Integers.empty()) {
    S.LengthAt = Found.Integers.front();
    return S;
  }
  if (R->getTemplateArgs().size() < 2 ||
      R->getTemplateArgs()[1].getKind() != TemplateArgument::Integral)
    return std::nullopt;
  S.Count = R->getTemplateArgs()[1].getAsIntegral().getLimitedValue();
  return S;
}

} // namespace trace
