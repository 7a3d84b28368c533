//===- Declarations.cpp - what a translation unit declares ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Declarations.h"
#include "Event.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/DenseMap.h"

using namespace clang;

namespace trace {

std::optional<DeclaredPoint> declaredPoint(const FunctionDecl &F) {
  for (const auto *A : F.specific_attrs<AnnotateAttr>()) {
    StringRef Text = A->getAnnotation();
    bool ByPragma = Text.consume_front(carrier::Pragma);
    if (!ByPragma && !Text.consume_front(carrier::Declared))
      continue;
    DeclaredPoint P{A, ByPragma, std::nullopt};
    if (Text.consume_front("="))
      P.Format = Text;
    return P;
  }
  return std::nullopt;
}

const AnnotateAttr *declaredImmediate(const FunctionDecl &F) {
  for (const auto *A : F.specific_attrs<AnnotateAttr>())
    if (A->getAnnotation() == carrier::Immediate)
      return A;
  return nullptr;
}

static llvm::DenseMap<const ASTContext *, DeclarationSet> &declarations() {
  static llvm::DenseMap<const ASTContext *, DeclarationSet> Map;
  return Map;
}

void noteDeclaration(FunctionDecl &F) {
  declarations()[&F.getASTContext()].insert(&F);
}

const DeclarationSet &notedDeclarations(const ASTContext &Context) {
  return declarations()[&Context];
}

DeclarationSet takeDeclarations(const ASTContext &Context) {
  auto Found = declarations().find(&Context);
  if (Found == declarations().end())
    return {};
  DeclarationSet Taken = std::move(Found->second);
  declarations().erase(Found);
  return Taken;
}

} // namespace trace
