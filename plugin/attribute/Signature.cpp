//===- Signature.cpp - the event that a declaration describes -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Signature.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace trace {

static std::string spelling(QualType T, const ASTContext &Context) {
  PrintingPolicy Policy(Context.getLangOpts());
  return T.getUnqualifiedType().getAsString(Policy);
}

static unsigned bytesOf(QualType T, const ASTContext &Context) {
  return Context.getTypeSizeInChars(T).getQuantity();
}

static bool isPlainChar(QualType T) {
  return T->isSpecificBuiltinType(BuiltinType::Char_S) ||
         T->isSpecificBuiltinType(BuiltinType::Char_U);
}

static bool isText(QualType Pointer, Conversion C, bool Traced) {
  QualType Pointee = Pointer->getPointeeType();
  if (C == Conversion::Text)
    return true;
  if (C == Conversion::Address || !isPlainChar(Pointee) ||
      Pointee.isVolatileQualified())
    return false;
  return !Traced || Pointee.isConstQualified();
}

static std::vector<Enumerator> enumerators(const EnumDecl &E) {
  std::vector<Enumerator> All;
  for (const EnumConstantDecl *C : E.enumerators())
    All.push_back({C->getNameAsString(),
                   static_cast<int64_t>(
                       C->getInitVal().extOrTrunc(64).getLimitedValue())});
  return All;
}

static bool recordInteger(QualType T, const ASTContext &Context, Field &F) {
  if (!T->isIntegerType() || T->isBitIntType())
    return false;
  if (Context.getTypeSize(T) > 64)
    return false;
  F.Kind = T->isBooleanType() ? TRACE_FIELD_BOOLEAN : TRACE_FIELD_INTEGER;
  F.Signed = T->isSignedIntegerOrEnumerationType();
  return true;
}

static bool recordEnumeration(const EnumDecl &E, const ASTContext &Context,
                              Field &F) {
  if (E.getIntegerType().isNull() ||
      !recordInteger(E.getIntegerType(), Context, F))
    return false;
  F.Kind = TRACE_FIELD_ENUM;
  F.Enumerators = enumerators(E);
  return true;
}

static bool recordPointer(QualType T, Conversion C, bool Traced, Field &F) {
  if (T->getPointeeType().getAddressSpace() != LangAS::Default)
    return false;
  F.Kind = T->isPointerType() && isText(T, C, Traced) ? TRACE_FIELD_STRING
                                                      : TRACE_FIELD_POINTER;
  return true;
}

std::optional<Field> fieldOf(const ParmVarDecl &P, Conversion C, bool Traced) {
  const ASTContext &Context = P.getASTContext();
  QualType T = P.getType();
  unsigned Index = P.getFunctionScopeIndex();
  Field F;
  F.Name =
      P.getName().empty() ? "arg" + std::to_string(Index) : P.getNameAsString();
  F.Type = spelling(T, Context);
  F.Argument = Index;

  if (T->isAnyPointerType() || T->isReferenceType()) {
    if (!recordPointer(T, C, Traced, F))
      return std::nullopt;
    F.Size = F.Kind == TRACE_FIELD_STRING
                 ? 2
                 : bytesOf(Context.getUIntPtrType(), Context);
    return F;
  }
  if (T->isNullPtrType()) {
    F.Kind = TRACE_FIELD_POINTER;
  } else if (const auto *E = dyn_cast_or_null<EnumDecl>(T->getAsTagDecl())) {
    if (!recordEnumeration(*E, Context, F))
      return std::nullopt;
  } else if (T->isSpecificBuiltinType(BuiltinType::Float) ||
             T->isSpecificBuiltinType(BuiltinType::Double)) {
    F.Kind = TRACE_FIELD_FLOAT;
    F.Signed = true;
  } else if (!recordInteger(T, Context, F)) {
    return std::nullopt;
  }
  F.Size = bytesOf(T, Context);
  return F;
}

Field thisField(const FunctionDecl &F) {
  const auto &M = cast<CXXMethodDecl>(F);
  const ASTContext &Context = F.getASTContext();
  Field This;
  This.Name = "this";
  This.Type =
      M.getParent()->isLambda() ? "void *" : spelling(M.getThisType(), Context);
  This.Kind = TRACE_FIELD_POINTER;
  This.Size = bytesOf(Context.getUIntPtrType(), Context);
  This.Implicit = true;
  return This;
}

} // namespace trace
