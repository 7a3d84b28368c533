//===- Unfinished.cpp - IR that the passes have not seen ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Unfinished.h"
#include "Event.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace trace {

static FunctionDecl *declare(ASTContext &Context, StringRef Name,
                             StorageClass Storage, SourceLocation Where) {
  QualType Type = Context.getFunctionType(Context.VoidTy, {}, {});
  return FunctionDecl::Create(Context, Context.getTranslationUnitDecl(), Where,
                              Where, DeclarationName(&Context.Idents.get(Name)),
                              Type, Context.getTrivialTypeSourceInfo(Type),
                              Storage);
}

/// \p F();
static Stmt *call(ASTContext &Context, FunctionDecl &F) {
  SourceLocation Where = F.getLocation();
  auto *Name = DeclRefExpr::Create(Context, NestedNameSpecifierLoc(), Where, &F,
                                   false, Where, F.getType(), VK_LValue);
  auto *Callee = ImplicitCastExpr::Create(
      Context, Context.getPointerType(F.getType()), CK_FunctionToPointerDecay,
      Name, nullptr, VK_PRValue, FPOptionsOverride());
  return CallExpr::Create(Context, Callee, {}, Context.VoidTy, VK_PRValue,
                          Where, FPOptionsOverride());
}

/// \code
///   __attribute__((error("..."))) void trace_passes(void);
///   __attribute__((used)) static void trace_unfinished(void) {
///     trace_passes();
///   }
/// \endcode
FunctionDecl *makeUnfinished(ASTContext &Context, SourceLocation Where) {
  FunctionDecl *Passes = declare(Context, "trace_passes", SC_Extern, Where);
  Passes->addAttr(ErrorAttr::CreateImplicit(
      Context, "trace points were not compiled: run the passes of the trace "
               "plugin on this file, with -fpass-plugin= or opt "
               "-load-pass-plugin="));
  FunctionDecl *F = declare(Context, "trace_unfinished", SC_Static, Where);
  F->addAttr(UsedAttr::CreateImplicit(Context));
  F->addAttr(
      AnnotateAttr::CreateImplicit(Context, carrier::Unfinished, nullptr, 0));
  F->setBody(CompoundStmt::Create(Context, {call(Context, *Passes)},
                                  FPOptionsOverride(), Where, Where));
  return F;
}

} // namespace trace
