//===- Declarations.h - what a translation unit declares ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_ATTRIBUTE_DECLARATIONS_H
#define TRACE_PLUGIN_ATTRIBUTE_DECLARATIONS_H

#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/SetVector.h"
#include <optional>

namespace trace {

/// [[trace::point]] as the user wrote it on a declaration.
struct DeclaredPoint {
  const clang::AnnotateAttr *Attribute = nullptr;
  bool ByPragma = false;
  std::optional<llvm::StringRef> Format;
};

/// The first [[trace::point]] of \p F, own or inherited from an earlier
/// declaration.
std::optional<DeclaredPoint> declaredPoint(const clang::FunctionDecl &F);

inline bool isDeclared(const clang::FunctionDecl &F) {
  return declaredPoint(F).has_value();
}

/// [[trace::immediate]] of \p F, own or inherited; null if there is none.
const clang::AnnotateAttr *declaredImmediate(const clang::FunctionDecl &F);

using DeclarationSet = llvm::SmallSetVector<clang::FunctionDecl *, 16>;

/// Remembers \p F for the translation unit that it belongs to. (An attribute's
/// handler is a global object of Clang's; it can hold no state of its own.)
void noteDeclaration(clang::FunctionDecl &F);

/// All that were noted in \p Context so far.
const DeclarationSet &notedDeclarations(const clang::ASTContext &Context);

/// The same, and forgets them.
DeclarationSet takeDeclarations(const clang::ASTContext &Context);

} // namespace trace

#endif
