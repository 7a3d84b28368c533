//===- Marks.cpp - attributes of parameters, members and enumerations -----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Marks.h"
#include "Event.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace trace {

static std::optional<Mark> markOf(const Decl &D, StringRef Carrier) {
  for (const auto *A : D.specific_attrs<AnnotateAttr>()) {
    StringRef Text = A->getAnnotation();
    if (Text.consume_front(Carrier))
      return Mark{A, Text};
  }
  return std::nullopt;
}

std::optional<Mark> bytesMark(const Decl &D) {
  return markOf(D, carrier::Bytes);
}

std::optional<Mark> flagsMark(const Decl &D) {
  return markOf(D, carrier::Flags);
}

bool isFlags(const EnumDecl &E) {
  return E.hasAttr<FlagEnumAttr>() || flagsMark(E);
}

const EnumDecl *namedEnumeration(const Decl &D, StringRef Name) {
  IdentifierInfo &Identifier = D.getASTContext().Idents.get(Name);
  for (const DeclContext *In = D.getDeclContext(); In; In = In->getParent()) {
    if (!In->isLookupContext() || In->isDependentContext())
      continue;
    for (const NamedDecl *Found : In->lookup(&Identifier)) {
      if (const auto *E = dyn_cast<EnumDecl>(Found))
        return E->getDefinition();
      if (const auto *T = dyn_cast<TypedefNameDecl>(Found))
        if (const auto *E = dyn_cast_or_null<EnumDecl>(
                T->getUnderlyingType()->getAsTagDecl()))
          return E->getDefinition();
    }
  }
  return nullptr;
}

} // namespace trace
