//===- Placed.cpp - a body for an event's parameters ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Placed.h"
#include "Meaning.h"
#include "Names.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace trace {

bool hasPlaces(const FunctionDecl &F) {
  return llvm::any_of(F.specific_attrs<AnnotateAttr>(),
                      [](const AnnotateAttr *A) {
                        return A->getAnnotation() == carrier::Placed;
                      });
}

void givePlaces(ArrayRef<FunctionDecl *> Points, ASTConsumer &CodeGen) {
  for (FunctionDecl *F : Points) {
    if (!isNamedAsEvent(*F) || hasPlaces(*F) ||
        !(F->isUsed() || F->isReferenced()))
      continue;
    std::optional<Event> E = meaningOf(*F);
    if (!E || !E->Placed)
      continue;
    ASTContext &Context = F->getASTContext();
    for (FunctionDecl *D : F->redecls())
      D->addAttr(AnnotateAttr::CreateImplicit(Context, carrier::Placed, nullptr,
                                              0, D->getLocation()));
    F->setBody(CompoundStmt::Create(Context, {}, FPOptionsOverride(),
                                    F->getLocation(), F->getLocation()));
    CodeGen.HandleTopLevelDecl(DeclGroupRef(F));
  }
}

} // namespace trace
