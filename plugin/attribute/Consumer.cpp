//===- Consumer.cpp - the end of a translation unit -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Consumer.h"
#include "Meaning.h"
#include "Names.h"
#include "Placed.h"
#include "ProbeCheck.h"
#include "Standard.h"
#include "Unfinished.h"
#include "linux/Files.h"
#include "rust/Emit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Sema/Sema.h"

using namespace clang;

namespace trace {
namespace {

/// Finds the trace points and their calls in what this translation unit itself
/// declares, instances of templates included.
class Walk : public RecursiveASTVisitor<Walk> {
public:
  Walk(ASTContext &Context, EventArguments &Arguments, DeclarationSet &Found)
      : Context(Context), Arguments(Arguments), Found(Found) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitLambdaBody() const { return true; }

  bool TraverseFunctionDecl(FunctionDecl *F) {
    SourceLocation Outside = Instantiated;
    if (F->isTemplateInstantiation())
      Instantiated = F->getPointOfInstantiation();
    bool Result = RecursiveASTVisitor::TraverseFunctionDecl(F);
    Instantiated = Outside;
    return Result;
  }

  bool VisitFunctionDecl(FunctionDecl *F) {
    if (isDeclared(*F))
      Found.insert(F);
    return true;
  }

  /// The instances of a generic lambda, which no declaration leads to.
  bool VisitLambdaExpr(LambdaExpr *Lambda) {
    const FunctionTemplateDecl *T =
        Lambda->getCallOperator()->getDescribedFunctionTemplate();
    if (!T)
      return true;
    for (FunctionDecl *Instance : T->specializations()) {
      VisitFunctionDecl(Instance);
      TraverseStmt(Instance->getBody());
    }
    return true;
  }

  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *F = Call->getDirectCallee();
    if (!F || Call->isTypeDependent())
      return true;
    if (namesProbe(*F))
      checkProbe(*Call,
                 Instantiated.isValid() ? Instantiated : Call->getBeginLoc(),
                 Context);
    if (!isEvent(*F))
      return true;
    Arguments.note(*Call, *F, llvm::is_contained(On, F->getCanonicalDecl()),
                   Context);
    return true;
  }

  bool TraverseIfStmt(IfStmt *If) {
    for (Stmt *Part : {If->getInit(),
                       static_cast<Stmt *>(If->getConditionVariableDeclStmt()),
                       static_cast<Stmt *>(If->getCond())})
      TraverseStmt(Part);
    size_t Outside = On.size();
    if (If->getCond())
      llvm::append_range(On, eventsTested(*If->getCond()));
    TraverseStmt(If->getThen());
    On.truncate(Outside);
    return TraverseStmt(If->getElse());
  }

private:
  ASTContext &Context;
  EventArguments &Arguments;
  DeclarationSet &Found;
  /// What asked for the template that the walk is in.
  SourceLocation Instantiated;
  /// Events that are on where the walk is, by an `if`.
  llvm::SmallVector<const FunctionDecl *, 4> On;
};

} // namespace

/// So that a file without one does not look through all its functions at each
/// of its declarations.
bool Consumer::hasLocalEvents(const ASTContext &Context) {
  if (Context.getExternalSource())
    return true;
  const DeclarationSet &Noted = notedDeclarations(Context);
  for (; !LocalEvents && LookedAt < Noted.size(); ++LookedAt) {
    const FunctionDecl &F = *Noted[LookedAt];
    LocalEvents =
        isNamedAsEvent(F) && (F.isTemplated() || !F.isExternallyVisible());
  }
  return LocalEvents;
}

bool Consumer::HandleTopLevelDecl(DeclGroupRef) {
  // An event of an unnamed namespace is used and has no body, and that's right.
  if (TheSema && hasLocalEvents(TheSema->Context))
    TheSema->UndefinedButUsed.remove_if([](const auto &Used) {
      const auto *F = dyn_cast<FunctionDecl>(Used.first);
      return F && isEvent(*F);
    });
  return true;
}

void Consumer::HandleCXXImplicitFunctionInstantiation(FunctionDecl *F) {
  if (isDeclared(*F))
    Instantiated.insert(F);
}

/// Nobody may have needed what a template makes yet, such as a std::span<int>.
/// What a pragma finds is left as it is: to make a class complete may fail. A
/// traced function's own values are complete.
void Consumer::completeTypes(const FunctionDecl &F) {
  std::optional<DeclaredPoint> Point = declaredPoint(F);
  if (!TheSema || !Point || Point->ByPragma)
    return;
  for (const ParmVarDecl *P : F.parameters())
    if (QualType T = P->getType().getNonReferenceType();
        isStandardSequence(T) || (isEvent(F) && T->isRecordType()))
      (void)TheSema->isCompleteType(P->getLocation(), T);
}

/// Whether a walk through all bodies would find more than \p Noted. In C, which
/// has no templates, it is there for calls: of events, and of what names their
/// probes.
static bool isWalkNeeded(const DeclarationSet &Noted,
                         const ASTContext &Context) {
  if (Context.getLangOpts().CPlusPlus || Context.getExternalSource() ||
      llvm::any_of(Noted, [](auto *F) { return isNamedAsEvent(*F); }))
    return true;
  return llvm::any_of(
      Context.getTranslationUnitDecl()->noload_decls(), [](const Decl *D) {
        const auto *F = dyn_cast<FunctionDecl>(D);
        return F && F->hasAttrs() && F->isReferenced() && namesProbe(*F);
      });
}

DeclarationSet Consumer::giveMeanings(ASTContext &Context) {
  DeclarationSet Found = takeDeclarations(Context);
  if (Found.empty() && Instantiated.empty() && !Context.getExternalSource())
    return {};
  Found.insert(Instantiated.begin(), Instantiated.end());
  if (isWalkNeeded(Found, Context)) {
    Walk W(Context, *Arguments, Found);
    for (Decl *D : Context.getTranslationUnitDecl()->noload_decls())
      if (!D->isFromASTFile())
        W.TraverseDecl(D);
  }

  bool Remarks =
      CI.getCodeGenOpts().OptimizationRemarkMissed.patternMatches("trace");
  DeclarationSet Latest; // Inherits the attributes of all before it.
  for (FunctionDecl *F : Found)
    Latest.insert(F->getMostRecentDecl());
  for (FunctionDecl *F : Latest)
    if (!F->isDependentContext() && !F->isInvalidDecl() &&
        !Opts.kernelEvents()) {
      completeTypes(*F);
      giveMeaning(*F, Opts, Remarks);
    }
  // Those that are only immediate.
  Latest.remove_if([](const FunctionDecl *F) { return !isDeclared(*F); });
  return Latest;
}

void Consumer::HandleTranslationUnit(ASTContext &Context) {
  DeclarationSet Points = giveMeanings(Context);
  if (!Opts.EmitRust.empty())
    emitRust(CI, Points.getArrayRef(), Opts);
  if (!Opts.KernelText.empty() && !Opts.kernelEvents())
    writeSources(groupEvents(Points.getArrayRef(), Context), Opts.KernelText,
                 Context.getDiagnostics());
  if (!Opts.Linux && Opts.KernelText.empty())
    givePlaces(Points.getArrayRef(), CI.getASTConsumer());
  if (CI.getCodeGenOpts().DisableLLVMPasses && !Points.empty())
    CI.getASTConsumer().HandleTopLevelDecl(
        DeclGroupRef(makeUnfinished(Context, Points.front()->getLocation())));
}

} // namespace trace
