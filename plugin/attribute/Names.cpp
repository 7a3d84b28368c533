//===- Names.cpp - system and event names of a declaration ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Names.h"
#include "Event.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/OperatorKinds.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace clang;
using llvm::isAlnum;
using llvm::isDigit;

namespace trace {

bool isIdentifier(StringRef Name) {
  return !Name.empty() && !isDigit(Name.front()) &&
         all_of(Name, [](char C) { return isAlnum(C) || C == '_'; });
}

bool isNamedAsEvent(const FunctionDecl &F) {
  return F.getReturnType()->isVoidType() && F.getIdentifier() &&
         F.getName().starts_with("trace_");
}

static StringRef operatorName(OverloadedOperatorKind Kind) {
  switch (Kind) {
#define OVERLOADED_OPERATOR(Name, Spelling, Token, Unary, Binary, MemberOnly)  \
  case OO_##Name:                                                              \
    return #Name;
#include "clang/Basic/OperatorKinds.def"
  default:
    return "";
  }
}

std::string asIdentifier(StringRef Text) {
  std::string Name;
  for (char C : Text)
    if (isAlnum(C) || C == '_')
      Name += C;
    else if (!Name.empty() && Name.back() != '_')
      Name += '_';
  if (Name.empty() || isDigit(Name.front()))
    Name.insert(Name.begin(), '_');
  return Name;
}

std::string eventName(const FunctionDecl &F) {
  if (F.getIdentifier()) {
    StringRef Name = F.getName();
    Name.consume_front("trace_");
    return Name.str();
  }
  if (const auto *M = dyn_cast<CXXMethodDecl>(&F)) {
    if (M->getParent()->isLambda())
      return "lambda";
    if (isa<CXXConstructorDecl>(M))
      return asIdentifier(M->getParent()->getName());
    if (isa<CXXDestructorDecl>(M))
      return "~" + asIdentifier(M->getParent()->getName());
  }
  if (F.isOverloadedOperator())
    return "operator_" + operatorName(F.getOverloadedOperator()).lower();
  return asIdentifier(F.getNameAsString());
}

/// "a::b" as a_b; empty outside of every named namespace.
static std::string namespaceName(const DeclContext *Context) {
  std::string Name;
  for (; Context; Context = Context->getParent()) {
    const auto *N = dyn_cast<NamespaceDecl>(Context);
    if (!N || N->isAnonymousNamespace() || N->isInline())
      continue;
    Name =
        Name.empty() ? N->getName().str() : (N->getName() + "_" + Name).str();
  }
  return Name;
}

std::string systemName(const FunctionDecl &F, StringRef Default) {
  for (const auto *A : F.specific_attrs<AnnotateAttr>()) {
    StringRef Text = A->getAnnotation();
    if (Text.consume_front(carrier::System))
      return Text.str();
  }
  std::string Name = namespaceName(F.getDeclContext());
  if (!Name.empty())
    return asIdentifier(Name);
  if (!Default.empty())
    return Default.str();
  const SourceManager &SM = F.getASTContext().getSourceManager();
  PresumedLoc Where = SM.getPresumedLoc(SM.getExpansionLoc(F.getLocation()));
  return asIdentifier(
      llvm::sys::path::stem(Where.isValid() ? Where.getFilename() : "unknown"));
}

} // namespace trace
