//===- Meaning.cpp - what an attribute means on its function --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Meaning.h"
#include "Declarations.h"
#include "Event.h"
#include "FormatCheck.h"
#include "Marks.h"
#include "Names.h"
#include "Placed.h"
#include "Signature.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace trace {
namespace {

/// The definition whose body \p F has or will be instantiated from.
const FunctionDecl *definition(const FunctionDecl &F) {
  const FunctionDecl *Definition = nullptr;
  if (F.isDefined(Definition))
    return Definition;
  if (const FunctionDecl *Pattern = F.getTemplateInstantiationPattern())
    Pattern->isDefined(Definition);
  return Definition;
}

bool hasImplicitObject(const FunctionDecl &F) {
  const auto *M = dyn_cast<CXXMethodDecl>(&F);
  return M && M->isImplicitObjectMemberFunction();
}

class Meaning {
public:
  Meaning(FunctionDecl &F, const DeclaredPoint &Point, const Options &Opts,
          bool Remarks)
      : F(F), Context(F.getASTContext()), Point(Point), Opts(Opts),
        Remarks(Remarks || !Point.ByPragma), Definition(definition(F)) {}

  void give() {
    if (!agreesWithItself() || !canBeTraced() || !canBeKernels())
      return;
    Event E = describe();
    E.Traced = Definition || !isNamedAsEvent(F);
    if (E.Traced ? !warnUnlessTraced() : !checkEvent())
      return;
    if (!describeFields(E))
      return;
    attach(toText(E));
  }

private:
  template <unsigned N>
  DiagnosticBuilder report(DiagnosticsEngine::Level Level, SourceLocation Where,
                           const char (&Text)[N]) {
    DiagnosticsEngine &D = Context.getDiagnostics();
    return D.Report(Where, D.getCustomDiagID(Level, Text));
  }
  template <unsigned N> DiagnosticBuilder error(const char (&Text)[N]) {
    return report(DiagnosticsEngine::Error, F.getLocation(), Text);
  }

  /// All declarations must give one format and one system.
  bool agreesWithItself() {
    const AnnotateAttr *First[2] = {};
    SmallVector<FunctionDecl *, 4> Declarations(F.redecls());
    for (FunctionDecl *D : llvm::reverse(Declarations))
      for (const auto *A : D->specific_attrs<AnnotateAttr>()) {
        StringRef Text = A->getAnnotation();
        bool IsSystem = Text.starts_with(carrier::System);
        if (A->isInherited() ||
            (!IsSystem && !Text.starts_with(carrier::Declared)))
          continue;
        const AnnotateAttr *&Earlier = First[IsSystem];
        if (Earlier && Earlier->getAnnotation() != Text) {
          report(DiagnosticsEngine::Error, A->getLocation(),
                 "%0 is declared as a trace point with another %select{format|"
                 "system}1 before; write it once, or the same text each time")
              << &F << IsSystem;
          report(DiagnosticsEngine::Note, Earlier->getLocation(),
                 "the other one is here");
          return false;
        }
        Earlier = A;
      }
    return true;
  }

  /// Functions whose entry no instruction can be put into.
  bool canBeTraced() {
    bool IsConsteval = F.isConsteval();
    if (!IsConsteval && !F.hasAttr<NakedAttr>())
      return true;
    if (Point.ByPragma)
      return false;
    error("%0 can't be a trace point: it is %select{naked and has no entry of "
          "its own|consteval and never runs}1")
        << &F << IsConsteval;
    return false;
  }

  /// What Linux's own event macros make of it.
  bool canBeKernels() {
    if (Opts.Linux && Opts.KernelText.empty()) {
      error("with abi=linux a trace point needs "
            "-fplugin-arg-trace-emit-kernel=DIR too, a folder for its "
            "TRACE_EVENT");
      return false;
    }
    if (forKernel() && Context.getLangOpts().CPlusPlus) {
      error("trace point %0 is to be an event of the Linux kernel, which is "
            "written in C; compile it as C")
          << &F;
      return false;
    }
    return true;
  }

  bool forKernel() const { return !Opts.KernelText.empty(); }

  bool warnUnlessTraced() {
    if (Definition || Point.ByPragma || !F.getReturnType()->isVoidType())
      return true;
    report(DiagnosticsEngine::Warning, F.getLocation(),
           "%0 has no body here: its definition is traced, its calls are plain "
           "calls; an event is a void function named trace_...")
        << &F;
    return true;
  }

  bool checkEvent() {
    if (Point.ByPragma)
      return false;
    if (eventName(F).empty()) {
      error("a trace event needs a name after 'trace_'");
      return false;
    }
    if (F.isVariadic()) {
      error("trace event %0 is variadic; give each of its fields a parameter")
          << &F;
      return false;
    }
    const auto *M = dyn_cast<CXXMethodDecl>(&F);
    if (M && !M->isStatic()) {
      error("trace event %0 is a non-static member; make it static and pass "
            "'this' if it is to be recorded, or give it a body to trace the "
            "function itself")
          << &F;
      return false;
    }
    if (F.getStorageClass() == SC_Static && !M) {
      error("trace event %0 is static and has no body; leave 'static' out")
          << &F;
      return false;
    }
    const auto *Type = F.getType()->getAs<FunctionProtoType>();
    if (Type && Type->hasExceptionSpec() && !Type->isNothrow()) {
      error("trace event %0 may throw; an event throws nothing, so leave its "
            "exception specification out or write noexcept")
          << &F;
      return false;
    }
    return true;
  }

  Event describe() {
    const FunctionDecl &Declared = Definition ? *Definition : F;
    Event E;
    E.System = systemName(F, Opts.System);
    E.Name = eventName(F);
    if (Point.Format)
      E.Format = Point.Format->str();
    const SourceManager &SM = Context.getSourceManager();
    PresumedLoc Where =
        SM.getPresumedLoc(SM.getExpansionLoc(Declared.getLocation()));
    E.File = Where.isValid() ? Where.getFilename() : "";
    E.Line = Where.isValid() ? Where.getLine() : 0;
    E.Internal = !F.isExternallyVisible();
    E.Immediate = declaredImmediate(F);
    return E;
  }

  bool describeFields(Event &E) {
    SmallVector<Conversion, 8> Conversions(F.getNumParams(), Conversion::None);
    if (Point.Format) {
      auto Checked = checkFormat(F, *Point.Format,
                                 Point.Attribute->getLocation(), forKernel());
      if (!Checked)
        return false;
      Conversions = std::move(Checked->Conversions);
    }
    if (hasImplicitObject(F))
      E.Fields.push_back(thisField(F));
    for (const ParmVarDecl *P : F.parameters()) {
      Conversion C = Conversions[P->getFunctionScopeIndex()];
      RecordedParameter Recorded = recordParameter(*P, C, E.Traced);
      if (forKernel() && !fitsKernel(Recorded))
        Recorded.Fields.clear();
      if (Recorded.Fields.empty() && !leaveOut(*P, C, E.Traced, Recorded.Why))
        return false;
      E.Placed |= Recorded.Placed && !E.Traced;
      llvm::append_range(E.Fields, Recorded.Fields);
    }
    return findLengths(E);
  }

  /// No floating point, and a member of TP_STRUCT__entry for each parameter.
  static bool fitsKernel(const RecordedParameter &Recorded) {
    return !Recorded.Placed && Recorded.Fields.size() == 1 &&
           Recorded.Fields.front().Kind != TRACE_FIELD_FLOAT;
  }

  /// Each buffer's length is another parameter.
  bool findLengths(Event &E) {
    for (Field &Each : E.Fields) {
      if (!Each.LengthField)
        continue;
      const ParmVarDecl &P = *F.getParamDecl(Each.Argument);
      Mark Bytes = *bytesMark(P);
      auto Named = llvm::find_if(F.parameters(), [&](const ParmVarDecl *Other) {
        return Other->getName() == Bytes.Argument;
      });
      auto Length =
          Named == F.param_end()
              ? E.Fields.end()
              : llvm::find_if(E.Fields, [&](const Field &Other) {
                  return !Other.Implicit &&
                         Other.Argument == (*Named)->getFunctionScopeIndex();
                });
      if (Length == E.Fields.end() || Length->Form != Shape::One ||
          Length->Kind != TRACE_FIELD_INTEGER) {
        report(DiagnosticsEngine::Error, Bytes.Attribute->getLocation(),
               "'%0' is no integer parameter of %1, so it can't be the length "
               "of %2; name the parameter that is its number of "
               "%select{elements|bytes}3")
            << Bytes.Argument << &F << &P
            << P.getType()->getPointeeType()->isVoidType();
        return false;
      }
      Each.LengthField = Length - E.Fields.begin();
    }
    return true;
  }

  /// A traced function may have parameters that can't be recorded.
  bool leaveOut(const ParmVarDecl &P, Conversion C, bool Traced,
                StringRef Why) {
    if (!Traced || C != Conversion::None || bytesMark(P) || flagsMark(P)) {
      report(
          DiagnosticsEngine::Error, P.getLocation(),
          "parameter %0 of %select{trace event|traced function}1 %2 has type "
          "%3, which can't be recorded%4; these can: %5")
          << &P << Traced << &F << P.getType() << Why
          << (forKernel() ? KernelTypes : RecordableTypes);
      return false;
    }
    if (Remarks)
      report(DiagnosticsEngine::Remark, P.getLocation(),
             "parameter %0 of traced function %1 has type %2 and is not "
             "recorded%3")
          << &P << &F << P.getType() << Why;
    return true;
  }

  void attach(const std::string &Text) {
    std::string Annotation = (carrier::Event + Text).str();
    for (FunctionDecl *D : F.redecls())
      if (isDeclared(*D))
        D->addAttr(AnnotateAttr::CreateImplicit(Context, Annotation, nullptr, 0,
                                                D->getLocation()));
  }

  FunctionDecl &F;
  ASTContext &Context;
  DeclaredPoint Point;
  const Options &Opts;
  bool Remarks;
  const FunctionDecl *Definition;
};

} // namespace

bool isEvent(const FunctionDecl &F) {
  return isNamedAsEvent(F) && isDeclared(F) && (!definition(F) || hasPlaces(F));
}

std::optional<Event> meaningOf(const FunctionDecl &F) {
  for (const auto *A : F.specific_attrs<AnnotateAttr>()) {
    StringRef Text = A->getAnnotation();
    if (!Text.consume_front(carrier::Event))
      continue;
    llvm::Expected<Event> E = fromText(Text);
    if (E)
      return std::move(*E);
    llvm::consumeError(E.takeError());
  }
  return std::nullopt;
}

static void warnUseless(const FunctionDecl &F, const AnnotateAttr &Immediate) {
  DiagnosticsEngine &D = F.getASTContext().getDiagnostics();
  D.Report(Immediate.getLocation(),
           D.getCustomDiagID(DiagnosticsEngine::Warning,
                             "%0 is no trace point, so that its checks are "
                             "immediate means nothing; add trace::point"))
      << &F;
}

void giveMeaning(FunctionDecl &F, const Options &Opts, bool Remarks) {
  // From a precompiled header or a module, where it got its meaning.
  for (const auto *A : F.specific_attrs<AnnotateAttr>())
    if (A->getAnnotation().starts_with(carrier::Event))
      return;
  if (std::optional<DeclaredPoint> Point = declaredPoint(F))
    Meaning(F, *Point, Opts, Remarks).give();
  else if (const AnnotateAttr *Immediate = declaredImmediate(F))
    warnUseless(F, *Immediate);
}

} // namespace trace
