//===- Attributes.cpp - [[trace::point]], system and branch ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How the attributes are spelled and what their arguments may be. What they
// mean depends on the whole translation unit (has the function a body?), so
// here they are only noted down; Consumer.cpp gives them their meaning.
//
//===----------------------------------------------------------------------===//

#include "Declarations.h"
#include "Event.h"
#include "Names.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Sema/ParsedAttr.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/SemaDiagnostic.h"

using namespace clang;

namespace trace {
namespace {

using Spelling = ParsedAttrInfo::Spelling;

/// An attribute with at most one argument, a string.
class TextAttribute : public ParsedAttrInfo {
public:
  TextAttribute(ArrayRef<Spelling> S, unsigned ArgumentsMin,
                unsigned ArgumentsMax) {
    Spellings = S;
    NumArgs = ArgumentsMin;
    OptArgs = ArgumentsMax - ArgumentsMin;
  }

  bool diagAppertainsToDecl(Sema &S, const ParsedAttr &A,
                            const Decl *D) const override {
    // The unscoped spelling exists only because Clang's parser asks for it
    // before it keeps the arguments of the scoped one (hasAttribute() in
    // clang/lib/Basic/Attributes.cpp); nobody may use it.
    if (A.isStandardAttributeSyntax() && !A.hasScope()) {
      S.Diag(A.getLoc(), diag::warn_unknown_attribute_ignored)
          << A << A.getRange();
      return false;
    }
    if (appliesTo(*D))
      return true;
    S.Diag(A.getLoc(), S.getDiagnostics().getCustomDiagID(
                           DiagnosticsEngine::Error, "%0 applies to %1 only"))
        << A << subjects();
    return false;
  }

  AttrHandling handleDeclAttribute(Sema &S, Decl *D,
                                   const ParsedAttr &A) const override {
    std::optional<StringRef> Argument;
    if (A.getNumArgs() == 1) {
      StringRef Text;
      if (!S.checkStringLiteralArgumentAttr(A, 0, Text))
        return AttributeNotApplied;
      Argument = Text;
    }
    return applyTo(S, *D, A, Argument) ? AttributeApplied : AttributeNotApplied;
  }

protected:
  virtual bool appliesTo(const Decl &D) const = 0;
  virtual StringRef subjects() const = 0;
  virtual bool applyTo(Sema &S, Decl &D, const ParsedAttr &A,
                       std::optional<StringRef> Argument) const = 0;

  static void annotate(Sema &S, Decl &D, const Twine &Text,
                       const AttributeCommonInfo &Where) {
    SmallString<64> Storage;
    D.addAttr(AnnotateAttr::Create(S.Context, Text.toStringRef(Storage),
                                   nullptr, 0, Where));
  }
};

class FunctionAttribute : public TextAttribute {
public:
  explicit FunctionAttribute(ArrayRef<Spelling> S, unsigned ArgumentsMin,
                             unsigned ArgumentsMax = 1)
      : TextAttribute(S, ArgumentsMin, ArgumentsMax) {
    IsSupportedByPragmaAttribute = 1;
  }

  void getPragmaAttributeMatchRules(
      SmallVectorImpl<std::pair<attr::SubjectMatchRule, bool>> &Rules,
      const LangOptions &) const override {
    Rules.push_back({attr::SubjectMatchRule_function, true});
  }

protected:
  bool appliesTo(const Decl &D) const override { return isa<FunctionDecl>(D); }
  StringRef subjects() const override { return "functions"; }
  bool applyTo(Sema &S, Decl &D, const ParsedAttr &A,
               std::optional<StringRef> Argument) const override {
    return apply(S, cast<FunctionDecl>(D), A, Argument);
  }

  virtual bool apply(Sema &S, FunctionDecl &F, const ParsedAttr &A,
                     std::optional<StringRef> Argument) const = 0;

  /// Makes clang attach the source location to each call of \p F, also without
  /// -g, and makes a call that no pass has lowered an error at its line.
  static void locateCalls(Sema &S, FunctionDecl &F, StringRef Reason) {
    if (F.hasAttr<ErrorAttr>())
      return;
    // With a name: merging the attributes of two declarations asks for it.
    AttributeCommonInfo Info(&S.Context.Idents.get("error"), F.getLocation(),
                             AttributeCommonInfo::Form::GNU());
    F.addAttr(::new (S.Context) ErrorAttr(S.Context, Info, Reason));
  }
};

constexpr Spelling PointSpellings[] = {
    {ParsedAttr::AS_GNU, "trace_point"},
    {ParsedAttr::AS_CXX11, "trace::point"},
    {ParsedAttr::AS_C23, "trace::point"},
    {ParsedAttr::AS_CXX11, "point"},
    {ParsedAttr::AS_C23, "point"},
};

class PointAttribute : public FunctionAttribute {
public:
  PointAttribute() : FunctionAttribute(PointSpellings, 0) {}

  bool apply(Sema &S, FunctionDecl &F, const ParsedAttr &A,
             std::optional<StringRef> Format) const override {
    bool ByPragma = A.isPragmaClangAttribute();
    // One pragma for a whole file, and attributes of their own on some of its
    // functions: the latter win.
    if (ByPragma && isDeclared(F))
      return true;
    annotate(S, F,
             (ByPragma ? carrier::Pragma : carrier::Declared) +
                 (Format ? "=" + *Format : Twine()),
             A);
    for (ParmVarDecl *P : F.parameters())
      annotate(S, *P, carrier::Parameter, A);
    if (isNamedAsEvent(F))
      locateCalls(S, F,
                  "the trace plugin's passes did not run on this call; add "
                  "-fpass-plugin= with the same plugin");
    noteDeclaration(F);
    return true;
  }
};

constexpr Spelling SystemSpellings[] = {
    {ParsedAttr::AS_GNU, "trace_system"},
    {ParsedAttr::AS_CXX11, "trace::system"},
    {ParsedAttr::AS_C23, "trace::system"},
    {ParsedAttr::AS_CXX11, "system"},
    {ParsedAttr::AS_C23, "system"},
};

class SystemAttribute : public FunctionAttribute {
public:
  SystemAttribute() : FunctionAttribute(SystemSpellings, 1) {}

  bool apply(Sema &S, FunctionDecl &F, const ParsedAttr &A,
             std::optional<StringRef> Text) const override {
    StringRef Name = Text.value_or("");
    if (!isIdentifier(Name)) {
      S.Diag(A.getLoc(),
             S.getDiagnostics().getCustomDiagID(
                 DiagnosticsEngine::Error,
                 "'%0' is no name of a trace system; use letters, digits and "
                 "'_', and no digit first"))
          << Name;
      return false;
    }
    annotate(S, F, carrier::System + Name, A);
    return true;
  }
};

constexpr Spelling ImmediateSpellings[] = {
    {ParsedAttr::AS_GNU, "trace_immediate"},
    {ParsedAttr::AS_CXX11, "trace::immediate"},
    {ParsedAttr::AS_C23, "trace::immediate"},
    {ParsedAttr::AS_CXX11, "immediate"},
    {ParsedAttr::AS_C23, "immediate"},
};

class ImmediateAttribute : public FunctionAttribute {
public:
  ImmediateAttribute() : FunctionAttribute(ImmediateSpellings, 0, 0) {}

  bool apply(Sema &S, FunctionDecl &F, const ParsedAttr &A,
             std::optional<StringRef>) const override {
    annotate(S, F, carrier::Immediate, A);
    if (!A.isPragmaClangAttribute())
      noteDeclaration(F);
    return true;
  }
};

constexpr Spelling BranchSpellings[] = {
    {ParsedAttr::AS_GNU, "trace_branch"},
    {ParsedAttr::AS_CXX11, "trace::branch"},
    {ParsedAttr::AS_C23, "trace::branch"},
    {ParsedAttr::AS_CXX11, "branch"},
    {ParsedAttr::AS_C23, "branch"},
};

/// bool f(KEY *key, bool branch), bool f(void (*event)(void)),
/// DESCRIPTOR *f(void (*event)(void)), the same with void (*probe)(void), or
/// PROBE *f(void (*event)(void), void (*passed)(void), void (*placed)(void)).
class BranchAttribute : public FunctionAttribute {
public:
  BranchAttribute() : FunctionAttribute(BranchSpellings, 0) {}

  bool apply(Sema &S, FunctionDecl &F, const ParsedAttr &A,
             std::optional<StringRef> Form) const override {
    StringRef Text = Form.value_or("nop");
    bool OfEvent = Text == "event" || Text == "descriptor" || Text == "probe";
    if (!OfEvent && Text != "nop" && Text != "jump") {
      S.Diag(A.getLoc(), S.getDiagnostics().getCustomDiagID(
                             DiagnosticsEngine::Error,
                             "'%0' is no form of a static branch; use \"nop\" "
                             "or \"jump\""))
          << Text;
      return false;
    }
    if (!hasSignature(F, Text)) {
      S.Diag(F.getLocation(),
             S.getDiagnostics().getCustomDiagID(
                 DiagnosticsEngine::Error,
                 "a static branch is declared as bool f(KEY *key, bool "
                 "branch), without a body"));
      return false;
    }
    annotate(S, F, carrier::Branch + Text, A);
    locateCalls(S, F,
                OfEvent ? "its argument is not the name of a trace point"
                        : "its key and branch do not become constants here");
    return true;
  }

private:
  static bool hasSignature(const FunctionDecl &F, StringRef Form) {
    if (F.isVariadic())
      return false;
    auto TakesFunctions = [&](unsigned Count) {
      return F.getNumParams() == Count &&
             llvm::all_of(F.parameters(), [](const ParmVarDecl *P) {
               return P->getType()->isFunctionPointerType();
             });
    };
    if (Form == "descriptor")
      return F.getReturnType()->isPointerType() &&
             (TakesFunctions(1) || TakesFunctions(2));
    if (Form == "probe")
      return F.getReturnType()->isPointerType() && TakesFunctions(3);
    if (!F.getReturnType()->isBooleanType())
      return false;
    if (Form == "event")
      return TakesFunctions(1);
    return F.getNumParams() == 2 &&
           F.getParamDecl(0)->getType()->isPointerType() &&
           F.getParamDecl(1)->getType()->isBooleanType();
  }
};

constexpr Spelling BytesSpellings[] = {
    {ParsedAttr::AS_GNU, "trace_bytes"},
    {ParsedAttr::AS_CXX11, "trace::bytes"},
    {ParsedAttr::AS_C23, "trace::bytes"},
    {ParsedAttr::AS_CXX11, "bytes"},
    {ParsedAttr::AS_C23, "bytes"},
};

class BytesAttribute : public TextAttribute {
public:
  BytesAttribute() : TextAttribute(BytesSpellings, 1, 1) {}

protected:
  bool appliesTo(const Decl &D) const override { return isa<ParmVarDecl>(D); }
  StringRef subjects() const override { return "parameters"; }
  bool applyTo(Sema &S, Decl &D, const ParsedAttr &A,
               std::optional<StringRef> Length) const override {
    if (QualType T = cast<ParmVarDecl>(D).getType();
        !T->isPointerType() && !T->isDependentType()) {
      S.Diag(A.getLoc(),
             S.getDiagnostics().getCustomDiagID(
                 DiagnosticsEngine::Error,
                 "%0 is for a pointer, of which another parameter, that is "
                 "named in it, says how many elements there are; %1 is no "
                 "pointer"))
          << A << T;
      return false;
    }
    annotate(S, D, carrier::Bytes + Length.value_or(""), A);
    return true;
  }
};

constexpr Spelling FlagsSpellings[] = {
    {ParsedAttr::AS_GNU, "trace_flags"},
    {ParsedAttr::AS_CXX11, "trace::flags"},
    {ParsedAttr::AS_C23, "trace::flags"},
    {ParsedAttr::AS_CXX11, "flags"},
    {ParsedAttr::AS_C23, "flags"},
};

class FlagsAttribute : public TextAttribute {
public:
  FlagsAttribute() : TextAttribute(FlagsSpellings, 0, 1) {}

protected:
  bool appliesTo(const Decl &D) const override {
    return isa<ParmVarDecl, FieldDecl, EnumDecl>(D);
  }
  StringRef subjects() const override {
    return "enumerations, parameters and members";
  }
  bool applyTo(Sema &S, Decl &D, const ParsedAttr &A,
               std::optional<StringRef> Enumeration) const override {
    annotate(S, D, carrier::Flags + Enumeration.value_or(""), A);
    return true;
  }
};

ParsedAttrInfoRegistry::Add<PointAttribute>
    Point("trace_point", "the function is a trace point");
ParsedAttrInfoRegistry::Add<SystemAttribute>
    System("trace_system", "the system of a trace point");
ParsedAttrInfoRegistry::Add<ImmediateAttribute>
    Immediate("trace_immediate", "the checks of a trace point leave no loop");
ParsedAttrInfoRegistry::Add<BytesAttribute>
    Bytes("trace_bytes", "a parameter is a buffer of so many elements");
ParsedAttrInfoRegistry::Add<FlagsAttribute>
    Flags("trace_flags", "a number is a set of bits that have names");
ParsedAttrInfoRegistry::Add<BranchAttribute>
    Branch("trace_branch", "calls of the function are static branches");

} // namespace
} // namespace trace
