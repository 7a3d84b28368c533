//===- Description.cpp - an event as Linux's macros want it ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Description.h"
#include "attribute/Declarations.h"
#include "attribute/FormatCheck.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "llvm/ADT/SmallSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace trace {
namespace {

/// Names that the functions that Linux's macros make of an event give to
/// variables of their own (include/trace/trace_events.h, perf.h,
/// linux/tracepoint.h of 6.12).
constexpr StringRef TakenByMacros[] = {
    "entry", "trace_file", "fbuffer", "event_call",  "regs",
    "head",  "rctx",       "it_func", "it_func_ptr",
};

std::string declare(QualType T, StringRef Name, const ASTContext &Context) {
  std::string Text = Name.str();
  T.getUnqualifiedType().getAsStringInternal(
      Text, PrintingPolicy(Context.getLangOpts()));
  return Text;
}

std::string spelled(QualType T, const ASTContext &Context) {
  return declare(T, "", Context);
}

/// Whether `type name;` declares a member: not so for a pointer to a function
/// or an array. And Linux's __user, which Clang spells as an attribute, belongs
/// in no format file.
bool isSimple(QualType T) {
  if (T->getAs<TypedefType>())
    return true;
  if (isa<BTFTagAttributedType>(T))
    return false;
  if (T->isFunctionType() || T->isArrayType())
    return false;
  if (const auto *P = T->getAs<PointerType>())
    return isSimple(P->getPointeeType());
  const TagDecl *Tag = T->getAsTagDecl();
  return !Tag || Tag->getIdentifier();
}

/// In Rust, by the names of the `kernel` crate. \p T is simple.
std::string rustOf(QualType T, const ASTContext &Context) {
  if (const auto *P = T->getAs<PointerType>()) {
    QualType Pointee = P->getPointeeType();
    StringRef Star = Pointee.isConstQualified() ? "*const " : "*mut ";
    if (const RecordDecl *Record = Pointee->getAsRecordDecl())
      return (Star + (Record->getIdentifier() ? "bindings::" + Record->getName()
                                              : Twine("c_void")))
          .str();
    return Star.str() + rustOf(Pointee, Context);
  }
  if (const auto *E = dyn_cast_or_null<EnumDecl>(T->getAsTagDecl()))
    return rustOf(E->getIntegerType(), Context);
  if (T->isBooleanType())
    return "bool";
  return llvm::StringSwitch<std::string>(spelled(T.getCanonicalType(), Context))
      .Case("char", "c_char")
      .Case("signed char", "c_schar")
      .Case("unsigned char", "c_uchar")
      .Case("short", "c_short")
      .Case("unsigned short", "c_ushort")
      .Case("int", "c_int")
      .Case("unsigned int", "c_uint")
      .Case("long", "c_long")
      .Case("unsigned long", "c_ulong")
      .Case("long long", "c_longlong")
      .Case("unsigned long long", "c_ulonglong")
      .Default("c_void");
}

std::string parameterName(const Field &F) {
  return F.Name + (is_contained(TakenByMacros, F.Name) ? "_" : "");
}

LinuxField fieldFor(const ParmVarDecl &P, const Event &E, const Field &F) {
  const ASTContext &Context = P.getASTContext();
  QualType T = P.getType();
  LinuxField Field;
  Field.Argument = F.Argument;
  Field.Name = F.Name == "ent" ? "ent_" : F.Name; // trace_event_raw_X's own
  Field.Parameter = parameterName(F);
  Field.Source = declare(T, Field.Parameter, Context);
  Field.Place = declare(Context.getPointerType(T), Field.Parameter, Context);
  if (F.LengthField)
    Field.Length = parameterName(E.Fields[*F.LengthField]);
  if (F.Kind == TRACE_FIELD_STRING && F.Form != Shape::Array) {
    Field.Declaration = "const char *" + Field.Parameter;
    Field.Cast = !Context.hasSameType(
        T.getUnqualifiedType(),
        Context.getPointerType(Context.CharTy.withConst()));
    Field.RustType = "&CStr";
    return Field;
  }
  Field.RustType = rustOf(T, Context);
  if (F.Form != Shape::One) {
    QualType Element = T->getPointeeType().getUnqualifiedType();
    bool IsBytes = Element->isVoidType() || !isSimple(Element);
    Field.Type = IsBytes ? "u8" : spelled(Element, Context);
    Field.Count = F.Form == Shape::Array ? F.Count : 0;
    Field.Declaration = declare(T, Field.Parameter, Context);
    return Field;
  }
  if (isSimple(T)) {
    Field.Type = spelled(T, Context);
    Field.Declaration = declare(T, Field.Parameter, Context);
  } else {
    Field.Cast = true;
    Field.RustType = "*const c_void";
    Field.Type = "const void *";
    Field.Declaration = Field.Type + Field.Parameter;
  }
  return Field;
}

/// { 0, "RED" }, { 1, "GREEN" }
std::string symbols(const Field &F) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  llvm::SmallSet<int64_t, 16> Known;
  for (const Enumerator &E : F.Enumerators)
    if (Known.insert(E.Value).second)
      Out << ", { " << E.Value << ", \"" << E.Name << "\" }";
  return Text;
}

/// How printk shows \p F where no format says it.
StringRef conversionFor(const Field &F, const ParmVarDecl &P) {
  if (F.Kind == TRACE_FIELD_STRING || F.Form != Shape::One)
    return "%s";
  if (F.Kind == TRACE_FIELD_POINTER)
    return "%p";
  if (F.Kind == TRACE_FIELD_ENUM && !F.Enumerators.empty())
    return "%s";
  QualType T = P.getType();
  if (const auto *E = dyn_cast_or_null<EnumDecl>(T->getAsTagDecl()))
    T = E->getIntegerType();
  switch (T->castAs<BuiltinType>()->getKind()) {
  case BuiltinType::Long:
    return "%ld";
  case BuiltinType::ULong:
    return "%lu";
  case BuiltinType::LongLong:
    return "%lld";
  case BuiltinType::ULongLong:
    return "%llu";
  default:
    return F.Signed || F.Kind == TRACE_FIELD_BOOLEAN ? "%d" : "%u";
  }
}

/// The field, in the C of TP_printk.
std::string valueOf(const LinuxField &L, const Field &F, Conversion As) {
  if (L.isText())
    return "__get_str(" + L.Name + ")";
  std::string Value = "__entry->" + L.Name;
  std::string Bytes = std::to_string(F.Size);
  bool IsBytes = F.Size == 1 && !F.Signed;
  if (F.Form == Shape::Sequence) {
    std::string Place = "__get_dynamic_array(" + L.Name + ")",
                Length = "__get_dynamic_array_len(" + L.Name + ")";
    return IsBytes ? "__print_hex(" + Place + ", " + Length + ")"
                   : "__print_array(" + Place + ", " + Length + " / " + Bytes +
                         ", " + Bytes + ")";
  }
  if (F.Kind == TRACE_FIELD_STRING)
    return Value;
  if (F.Form == Shape::Array) {
    std::string Count = std::to_string(F.Count);
    return IsBytes
               ? "__print_hex(" + Value + ", " + Count + ")"
               : "__print_array(" + Value + ", " + Count + ", " + Bytes + ")";
  }
  if (F.Kind == TRACE_FIELD_ENUM && As == Conversion::Text)
    return (F.Bits ? "__print_flags(" + Value + ", \"|\""
                   : "__print_symbolic(" + Value) +
           symbols(F) + ")";
  return Value;
}

} // namespace

LinuxEvent describeForLinux(const FunctionDecl &F, const Event &E) {
  LinuxEvent L;
  L.System = E.System;
  L.Name = E.Name;
  L.Symbol = F.getNameAsString();
  L.Traced = E.Traced;
  for (const Field &Each : E.Fields)
    L.Fields.push_back(fieldFor(*F.getParamDecl(Each.Argument), E, Each));

  if (!E.Format) {
    for (auto [Ours, Each] : llvm::zip(L.Fields, E.Fields)) {
      StringRef Shown = conversionFor(Each, *F.getParamDecl(Each.Argument));
      L.Format += (L.Format.empty() ? "" : " ") + Each.Name + "=" + Shown.str();
      L.Values.push_back(valueOf(
          Ours, Each, Shown == "%s" ? Conversion::Text : Conversion::Number));
    }
    return L;
  }
  StringRef Format = *E.Format;
  Format.consume_back("\n");
  L.Format = Format.str();
  auto Checked = checkFormat(F, *E.Format, F.getLocation(), /*Kernel=*/true);
  for (const FormatUse &Use :
       Checked ? Checked->Uses : decltype(Checked->Uses)())
    for (auto [Ours, Each] : llvm::zip(L.Fields, E.Fields))
      if (Each.Argument == Use.Parameter)
        L.Values.push_back(valueOf(Ours, Each, Use.As));
  return L;
}

} // namespace trace
