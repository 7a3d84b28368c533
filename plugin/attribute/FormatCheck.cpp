//===- FormatCheck.cpp - a format against the parameters ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FormatCheck.h"
#include "Signature.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/FormatString.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using analyze_format_string::ArgType;
using analyze_format_string::ConversionSpecifier;
using analyze_format_string::OptionalAmount;
using analyze_printf::PrintfSpecifier;

namespace trace {
namespace {

class FormatChecker : public analyze_format_string::FormatStringHandler {
public:
  FormatChecker(const FunctionDecl &F, StringRef Format, SourceLocation Where,
                bool Kernel)
      : F(F), Context(F.getASTContext()), Format(Format), Where(Where),
        Kernel(Kernel) {
    Result.Conversions.assign(F.getNumParams(), Conversion::None);
  }

  bool check() {
    analyze_format_string::ParsePrintfString(
        *this, Format.begin(), Format.end(), Context.getLangOpts(),
        Context.getTargetInfo(), /*isFreeBSDKPrintf=*/false);
    return !Failed;
  }

  CheckedFormat takeResult() { return std::move(Result); }

  bool HandlePrintfSpecifier(const PrintfSpecifier &FS, const char *Start,
                             unsigned Length, const TargetInfo &) override {
    StringRef Text(Start, Length);
    if (!FS.consumesDataArgument() && FS.getConversionSpecifier().getKind() !=
                                          ConversionSpecifier::PercentArg)
      return refuse(Text);
    if (Kernel && !kernelPrints(FS, Text))
      return false;
    if (!checkAmount(FS.getFieldWidth(), Text) ||
        !checkAmount(FS.getPrecision(), Text))
      return false;
    return !FS.consumesDataArgument() || checkConversion(FS, Text);
  }

  bool HandleInvalidPrintfConversionSpecifier(const PrintfSpecifier &,
                                              const char *Start,
                                              unsigned Length) override {
    return refuse(StringRef(Start, Length));
  }

  void HandleIncompleteSpecifier(const char *Start, unsigned Length) override {
    refuse(StringRef(Start, Length));
  }

  void HandleNullChar(const char *) override { refuse("\\0"); }

  void HandleInvalidPosition(const char *Start, unsigned Length,
                             analyze_format_string::PositionContext) override {
    refuse(StringRef(Start, Length));
  }

  void HandleZeroPosition(const char *Start, unsigned Length) override {
    refuse(StringRef(Start, Length));
  }

private:
  DiagnosticBuilder error(unsigned ID) {
    Failed = true;
    return Context.getDiagnostics().Report(Where, ID);
  }

  bool refuse(StringRef Text) {
    error(Context.getDiagnostics().getCustomDiagID(
        DiagnosticsEngine::Error,
        "'%0' is no conversion of a trace format; use those of C's printf but "
        "%%n, and no wide characters"))
        << Text;
    return false;
  }

  /// Linux's vsnprintf (lib/vsprintf.c) has no floating point, no positions
  /// and no 'j'. What follows %p tells it what to make of the pointer: most of
  /// that reads what is pointed to, which is gone when a record is printed. And
  /// what checks a format for such reads (test_event_printk() in
  /// kernel/trace/trace_events.c of 6.12) miscounts arguments behind a '*'.
  bool kernelPrints(const PrintfSpecifier &FS, StringRef Text) {
    auto IsArgument = [](const OptionalAmount &Amount) {
      return Amount.getHowSpecified() == OptionalAmount::Arg;
    };
    bool Known = !FS.usesPositionalArg() && !FS.hasThousandsGrouping() &&
                 !FS.getConversionSpecifier().isDoubleArg() &&
                 !IsArgument(FS.getFieldWidth()) &&
                 !IsArgument(FS.getPrecision()) &&
                 FS.getLengthModifier().getKind() !=
                     analyze_format_string::LengthModifier::AsIntMax;
    if (Known &&
        FS.getConversionSpecifier().getKind() == ConversionSpecifier::pArg) {
      StringRef Rest(Text.end(), Format.end() - Text.end());
      StringRef Extension = Rest.take_while(llvm::isAlnum);
      Known = Extension.empty() || is_contained(KernelPointers, Extension);
      Text = StringRef(Text.data(), Text.size() + Extension.size());
    }
    if (!Known)
      error(Context.getDiagnostics().getCustomDiagID(
          DiagnosticsEngine::Error,
          "'%0' is no conversion of a kernel's trace event; use those of its "
          "printk but %%j, '*', positions and pointers that are followed (%%p, "
          "%%px, %%pK, %%pS and %%ps are not)"))
          << Text;
    return Known;
  }

  static constexpr StringRef KernelPointers[] = {"x", "K", "S", "s"};

  /// The parameter that \p Text converts, or null after an error.
  const ParmVarDecl *parameter(unsigned Index, StringRef Text) {
    if (Index < F.getNumParams())
      return F.getParamDecl(Index);
    error(Context.getDiagnostics().getCustomDiagID(
        DiagnosticsEngine::Error,
        "'%0' in the trace format has no parameter; %1 has %2"))
        << Text << &F << F.getNumParams();
    return nullptr;
  }

  /// A width or precision given as `*`.
  bool checkAmount(const OptionalAmount &Amount, StringRef Text) {
    if (Amount.getHowSpecified() != OptionalAmount::Arg)
      return true;
    return checkParameter(Amount.getArgIndex(), Text,
                          Amount.getArgType(Context), Conversion::Number);
  }

  bool checkConversion(const PrintfSpecifier &FS, StringRef Text) {
    std::optional<Conversion> C = conversionOf(FS);
    const ArgType Expected = FS.getArgType(Context, false);
    if (!C || !Expected.isValid())
      return refuse(Text);
    const unsigned Index = FS.getArgIndex();
    if (Index >= F.getNumParams() || C == Conversion::Address)
      return checkParameter(Index, Text, Expected, *C);
    ShownParameter Shown = shownParameter(*F.getParamDecl(Index));
    if (C == Conversion::Text && Shown.AsText)
      return note(Index, *C);
    if (!Shown.Element.isNull() && matches(Expected, Shown.Element))
      return note(Index, *C); // of each element
    return checkParameter(Index, Text, Expected, *C);
  }

  /// Those of the C standard that the run time prints.
  static std::optional<Conversion> conversionOf(const PrintfSpecifier &FS) {
    bool Wide = FS.getLengthModifier().getKind() ==
                analyze_format_string::LengthModifier::AsLong;
    switch (FS.getConversionSpecifier().getKind()) {
    case ConversionSpecifier::cArg:
      return Wide ? std::nullopt : std::optional(Conversion::Number);
    case ConversionSpecifier::dArg:
    case ConversionSpecifier::iArg:
    case ConversionSpecifier::oArg:
    case ConversionSpecifier::uArg:
    case ConversionSpecifier::xArg:
    case ConversionSpecifier::XArg:
    case ConversionSpecifier::fArg:
    case ConversionSpecifier::FArg:
    case ConversionSpecifier::eArg:
    case ConversionSpecifier::EArg:
    case ConversionSpecifier::gArg:
    case ConversionSpecifier::GArg:
    case ConversionSpecifier::aArg:
    case ConversionSpecifier::AArg:
      return Conversion::Number;
    case ConversionSpecifier::pArg:
      return Conversion::Address;
    case ConversionSpecifier::sArg:
      return Wide ? std::nullopt : std::optional(Conversion::Text);
    default:
      return std::nullopt;
    }
  }

  bool checkParameter(unsigned Index, StringRef Text, const ArgType &Expected,
                      Conversion C) {
    const ParmVarDecl *P = parameter(Index, Text);
    if (!P)
      return false;
    if (!matches(Expected, P->getType())) {
      error(Context.getDiagnostics().getCustomDiagID(
          DiagnosticsEngine::Error,
          "'%0' in the trace format expects %1, but parameter %2 is %3"))
          << Text << Expected.getRepresentativeTypeName(Context) << P
          << P->getType();
      return false;
    }
    return note(Index, C);
  }

  bool matches(const ArgType &Expected, QualType T) const {
    if (const auto *Reference = T->getAs<ReferenceType>())
      T = Context.getPointerType(Reference->getPointeeType());
    if (const EnumDecl *E =
            T->getAsTagDecl() ? dyn_cast<EnumDecl>(T->getAsTagDecl()) : nullptr)
      if (!E->getIntegerType().isNull())
        T = E->getIntegerType();
    if (matchesAsIs(Expected, T))
      return true;
    if (Context.isPromotableIntegerType(T))
      return matchesAsIs(Expected, Context.getPromotedIntegerType(T));
    return T->isSpecificBuiltinType(BuiltinType::Float) &&
           matchesAsIs(Expected, Context.DoubleTy);
  }

  bool matchesAsIs(const ArgType &Expected, QualType T) const {
    switch (Expected.matchesType(Context, T)) {
    case ArgType::Match:
    case ArgType::MatchPromotion:
    case ArgType::NoMatchPedantic:
    case ArgType::NoMatchSignedness:
      return true;
    default:
      return false;
    }
  }

  /// A parameter that is shown both ways is recorded as text.
  bool note(unsigned Index, Conversion C) {
    Conversion &Known = Result.Conversions[Index];
    Known = std::max(Known, C);
    Result.Uses.push_back({Index, C});
    return true;
  }

  const FunctionDecl &F;
  ASTContext &Context;
  StringRef Format;
  SourceLocation Where;
  bool Kernel;
  CheckedFormat Result;
  bool Failed = false;
};

} // namespace

std::optional<CheckedFormat> checkFormat(const FunctionDecl &F,
                                         StringRef Format, SourceLocation Where,
                                         bool Kernel) {
  FormatChecker Checker(F, Format, Where, Kernel);
  if (!Checker.check())
    return std::nullopt;
  return Checker.takeResult();
}

} // namespace trace
