//===- Arguments.cpp - the arguments of events, in the source -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arguments.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Diagnostic.h"

using namespace clang;

namespace trace {

/// An object that must be destroyed, such as a std::string: whatever makes and
/// destroys it is more than a value.
static bool makesTemporary(const Stmt &S) {
  return isa<CXXBindTemporaryExpr>(S) ||
         llvm::any_of(S.children(), [](const Stmt *Child) {
           return Child && !isa<LambdaExpr>(Child) && makesTemporary(*Child);
         });
}

void warnOfSideEffects(const CallExpr &Call, const FunctionDecl &Event,
                       ASTContext &Context) {
  for (unsigned I = 0; I != Call.getNumArgs(); ++I) {
    const Expr *Argument = Call.getArg(I);
    if (Argument->HasSideEffects(Context, /*IncludePossibleEffects=*/false) ||
        makesTemporary(*Argument))
      reportSideEffect(Context.getDiagnostics(), Argument->getExprLoc(), I,
                       Event.getName());
  }
}

void reportSideEffect(DiagnosticsEngine &Diags, SourceLocation Where,
                      unsigned Argument, StringRef Event) {
  Diags.Report(Where, Diags.getCustomDiagID(
                          DiagnosticsEngine::Warning,
                          "argument %0 of trace event '%1' has side effects, "
                          "so it is evaluated while the event is off, too; "
                          "guard it with trace_enabled(%1)"))
      << Argument + 1 << Event;
}

} // namespace trace
