//===- Standard.cpp - what the standard library has several of ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By the members of the class, whatever they are called: a view is a pointer
// and a number. So is libstdc++'s std::string, besides a union of its buffer
// and its capacity. libc++'s is a union as a whole, and not known here.
//
//===----------------------------------------------------------------------===//

#include "Standard.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"

using namespace clang;

namespace trace {
namespace {

struct Members {
  SmallVector<uint64_t, 2> Pointers, Integers;
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
    uint64_t Place =
        At +
        Context.toCharUnitsFromBits(Layout.getFieldOffset(F->getFieldIndex()))
            .getQuantity();
    if (const CXXRecordDecl *Inner = T->getAsCXXRecordDecl()) {
      if (!Inner->isUnion() && !Inner->isEmpty())
        findMembers(*Inner, Place, Context, Found);
    } else if (T->isPointerType()) {
      Found.Pointers.push_back(Place);
    } else if (T->isIntegerType()) {
      Found.Integers.push_back(Place);
    }
  }
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
  if (Found.Pointers.size() != 1 || Found.Integers.size() > 1)
    return std::nullopt;
  StandardSequence S;
  S.Element = R->getTemplateArgs()[0].getAsType();
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
