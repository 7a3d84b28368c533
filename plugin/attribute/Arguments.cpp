//===- Arguments.cpp - the arguments of events, in the source -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arguments.h"
#include "Event.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Diagnostic.h"

using namespace clang;

namespace trace {

static bool readsVolatile(const Stmt &S) {
  const auto *Cast = dyn_cast<CastExpr>(&S);
  return Cast && Cast->getCastKind() == CK_LValueToRValue &&
         Cast->getSubExpr()->getType().isVolatileQualified();
}

/// What HasSideEffects() leaves out: a read of a volatile object, and an object
/// that must be destroyed, such as a std::string, since whatever makes and
/// destroys it is more than a value.
static bool hasEffectByForm(const Stmt &S) {
  return isa<CXXBindTemporaryExpr>(S) || readsVolatile(S) ||
         llvm::any_of(S.children(), [](const Stmt *Child) {
           return Child && !isa<LambdaExpr>(Child) && hasEffectByForm(*Child);
         });
}

static bool isTestOfEvent(const FunctionDecl &F) {
  return llvm::any_of(
      F.specific_attrs<AnnotateAttr>(), [](const AnnotateAttr *A) {
        StringRef Text = A->getAnnotation();
        return Text.consume_front(carrier::Branch) && Text == "event";
      });
}

const FunctionDecl *functionNamed(const Expr &Argument) {
  const Expr *E = Argument.IgnoreParenCasts();
  if (const auto *Address = dyn_cast<UnaryOperator>(E))
    E = Address->getSubExpr()->IgnoreParenCasts();
  const auto *Named = dyn_cast<DeclRefExpr>(E);
  return Named ? dyn_cast<FunctionDecl>(Named->getDecl()) : nullptr;
}

SmallVector<const FunctionDecl *, 2> eventsTested(const Expr &Condition) {
  const Expr *E = Condition.IgnoreParenImpCasts();
  if (const auto *And = dyn_cast<BinaryOperator>(E);
      And && And->getOpcode() == BO_LAnd) {
    auto Events = eventsTested(*And->getLHS());
    llvm::append_range(Events, eventsTested(*And->getRHS()));
    return Events;
  }
  const auto *Test = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Test ? Test->getDirectCallee() : nullptr;
  if (!Callee || Test->getNumArgs() != 1 || !isTestOfEvent(*Callee))
    return {};
  const FunctionDecl *Event = functionNamed(*Test->getArg(0));
  if (!Event)
    return {};
  return {Event->getCanonicalDecl()};
}

void EventArguments::note(const CallExpr &Call, const FunctionDecl &Event,
                          bool Guarded, ASTContext &Context) {
  // In an instance of a template the call stands where the template's does.
  uint64_t Key = Call.getExprLoc().getRawEncoding();
  auto [Entry, New] = Calls.try_emplace(Key);
  if (!New)
    return;
  for (const Expr *Argument : Call.arguments())
    Entry->second.push_back({Argument->getExprLoc(), /*Warned=*/Guarded});
  for (unsigned I = 0; I != Call.getNumArgs(); ++I) {
    const Expr *Argument = Call.getArg(I);
    if (Argument->HasSideEffects(Context, /*IncludePossibleEffects=*/false) ||
        hasEffectByForm(*Argument))
      warn(Key, I, Event.getName());
  }
}

void EventArguments::warn(uint64_t Call, unsigned Argument, StringRef Event) {
  if (!Warn)
    return;
  Place Unknown{SourceLocation::getFromRawEncoding(Call)};
  auto Found = Calls.find(Call);
  Place &P = Found != Calls.end() && Argument < Found->second.size()
                 ? Found->second[Argument]
                 : Unknown;
  if (std::exchange(P.Warned, true))
    return;
  Diags.Report(P.Where, Diags.getCustomDiagID(
                            DiagnosticsEngine::Warning,
                            "argument %0 of trace event '%1' has side effects, "
                            "so it is evaluated while the event is off, too; "
                            "guard it with trace_enabled(%1)"))
      << Argument + 1 << Event;
}

} // namespace trace
