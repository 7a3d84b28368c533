//===- ProbeCheck.cpp - a probe has its event's parameters ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProbeCheck.h"
#include "Arguments.h"
#include "Event.h"
#include "Meaning.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/Diagnostic.h"

using namespace clang;

namespace trace {

bool namesProbe(const FunctionDecl &F) {
  const unsigned Count = F.getNumParams();
  return llvm::any_of(
      F.specific_attrs<AnnotateAttr>(), [Count](const AnnotateAttr *A) {
        StringRef Text = A->getAnnotation();
        return Text.consume_front(carrier::Branch) &&
               ((Text == "descriptor" && Count == 2) || Text == "probe");
      });
}

/// Recorded and passed on as it is.
static bool isPlain(QualType T) {
  return T->isScalarType() || T->isReferenceType() || T->isNullPtrType();
}

/// void(void *, parameters of \p Event)
static QualType probeType(const FunctionDecl &Event, ASTContext &Context) {
  SmallVector<QualType, 8> Parameters = {Context.VoidPtrTy};
  for (const ParmVarDecl *P : Event.parameters())
    Parameters.push_back(P->getType().getUnqualifiedType());
  return Context.getFunctionType(Context.VoidTy, Parameters, {});
}

/// The type of the function that \p E is, or points to, before it is cast.
static QualType functionType(const Expr &E) {
  QualType T = E.IgnoreParenCasts()->getType();
  if (const auto *Address = dyn_cast<UnaryOperator>(E.IgnoreParenCasts());
      Address && Address->getOpcode() == UO_AddrOf)
    T = Address->getSubExpr()->getType();
  return T->isPointerType() ? T->getPointeeType() : T;
}

void checkProbe(const CallExpr &Call, SourceLocation Where,
                ASTContext &Context) {
  DiagnosticsEngine &Diags = Context.getDiagnostics();
  const FunctionDecl *Event = functionNamed(*Call.getArg(0));
  if (!Event)
    return; // The passes report it.
  const auto *Method = dyn_cast<CXXMethodDecl>(Event);
  if ((Method && !Method->isStatic()) || Event->isVariadic()) {
    Diags.Report(Where,
                 Diags.getCustomDiagID(
                     DiagnosticsEngine::Error,
                     "%0 is %select{variadic|a non-static member}1, so it can "
                     "have no probe of its parameters' types; use "
                     "trace_probe_register()"))
        << Event << (Method != nullptr);
    return;
  }
  const bool TakesPlaces = Call.getNumArgs() == 3 && isEvent(*Event);
  for (const ParmVarDecl *P : Event->parameters())
    if (!isPlain(P->getType()) && !TakesPlaces) {
      Diags.Report(
          Where,
          Diags.getCustomDiagID(
              DiagnosticsEngine::Error,
              "parameter %0 of %1 has type %2, so that %1 can have no probe of "
              "its parameters' types; use "
              "%select{trace_probe_register()|trace::probe<>}3"))
          << P << Event << P->getType()
          << (Context.getLangOpts().CPlusPlus && isEvent(*Event));
      return;
    }
  QualType Expected = probeType(*Event, Context);
  QualType Given = functionType(*Call.getArg(1));
  // C++'s noexcept is part of the type, and is welcome.
  if (!Given->isFunctionType() ||
      !Context.hasSameFunctionTypeIgnoringExceptionSpec(
          Expected.getCanonicalType(), Given.getCanonicalType()))
    Diags.Report(Where,
                 Diags.getCustomDiagID(DiagnosticsEngine::Error,
                                       "a probe of %0 must be a function of "
                                       "type %1, but this one is %2"))
        << Event << Expected << Given;
}

} // namespace trace
