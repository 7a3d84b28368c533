//===- Signature.cpp - an event's declaration in Rust ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Signature.h"
#include "attribute/Marks.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RawCommentList.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace trace {

/// The Rust Reference, "Keywords": strict and reserved ones of every edition.
static bool isKeyword(StringRef Name) {
  static constexpr llvm::StringLiteral Keywords[] = {
      "abstract", "as",       "async",   "await", "become", "box",    "break",
      "const",    "continue", "do",      "dyn",   "else",   "enum",   "extern",
      "false",    "final",    "fn",      "for",   "gen",    "if",     "impl",
      "in",       "let",      "loop",    "macro", "match",  "mod",    "move",
      "mut",      "override", "priv",    "pub",   "ref",    "return", "static",
      "struct",   "trait",    "true",    "try",   "type",   "typeof", "unsafe",
      "unsized",  "use",      "virtual", "where", "while",  "yield"};
  return llvm::is_contained(Keywords, Name);
}

std::string rustIdentifier(StringRef Name) {
  if (Name == "self" || Name == "Self" || Name == "super" || Name == "crate" ||
      Name == "_")
    return (Name + "_").str();
  return (isKeyword(Name) ? "r#" + Name : Name).str();
}

const EnumDecl *rustEnumeration(QualType T) {
  const auto *E = dyn_cast_or_null<EnumDecl>(T->getAsTagDecl());
  if (!E || E->enumerators().empty() || isFlags(*E) ||
      E->getIntegerType()->isBooleanType() || rustName(*E).empty())
    return nullptr;
  return E;
}

std::string rustName(const EnumDecl &E) {
  if (E.getIdentifier())
    return rustIdentifier(E.getName());
  if (const TypedefNameDecl *T = E.getTypedefNameForAnonDecl())
    return rustIdentifier(T->getName());
  return {};
}

std::string rustInteger(uint64_t Bytes, bool Signed) {
  return (Signed ? "i" : "u") + std::to_string(Bytes * 8);
}

/// usize or isize, where the declaration says so: by one of C's own names for
/// an integer as wide as an address. Else empty.
static std::string addressSized(QualType T, const ASTContext &Context) {
  if (Context.getTypeSize(T) != Context.getTypeSize(Context.VoidPtrTy))
    return {};
  while (const auto *Alias = T->getAs<TypedefType>()) {
    StringRef Name = Alias->getDecl()->getName();
    if (Name == "size_t" || Name == "uintptr_t")
      return "usize";
    if (Name == "ssize_t" || Name == "intptr_t" || Name == "ptrdiff_t")
      return "isize";
    T = Alias->getDecl()->getUnderlyingType();
  }
  return {};
}

/// What a pointer points to: a number of Rust's, or nothing that Rust knows.
static std::string pointee(QualType T, const ASTContext &Context) {
  if (T->isBooleanType())
    return "bool";
  if (T->isSpecificBuiltinType(BuiltinType::Float))
    return "f32";
  if (T->isSpecificBuiltinType(BuiltinType::Double))
    return "f64";
  if (T->isIntegerType() && !T->isEnumeralType() && !T->isBitIntType() &&
      Context.getTypeSize(T) <= 64)
    return rustInteger(Context.getTypeSize(T) / 8,
                       T->isSignedIntegerOrEnumerationType());
  return "core::ffi::c_void";
}

static std::string pointer(QualType T, const ASTContext &Context) {
  QualType To = T->getPointeeType();
  if (To.isNull() || To->isFunctionType())
    return "*const core::ffi::c_void";
  return (To.isConstQualified() ? "*const " : "*mut ") +
         pointee(To.getUnqualifiedType(), Context);
}

static std::string number(QualType T, const Field &F,
                          const ASTContext &Context) {
  switch (F.Kind) {
  case TRACE_FIELD_BOOLEAN:
    return "bool";
  case TRACE_FIELD_FLOAT:
    return F.Size == 4 ? "f32" : "f64";
  case TRACE_FIELD_ENUM:
    if (F.Bits)
      return rustInteger(F.Size, F.Signed);
    if (const EnumDecl *E = rustEnumeration(T))
      return rustName(*E);
    if (cast<EnumDecl>(T->getAsTagDecl())->getIntegerType()->isBooleanType())
      return "bool";
    return rustInteger(F.Size, F.Signed);
  case TRACE_FIELD_INTEGER: {
    std::string Wide = addressSized(T, Context);
    return Wide.empty() ? rustInteger(F.Size, F.Signed) : Wide;
  }
  case TRACE_FIELD_POINTER:
    return pointer(T, Context);
  default:
    return {};
  }
}

/// The length of the slices that \p F is the length of, or of the shortest.
static std::string lengthOfSlices(const Event &E, const Field &F) {
  std::string Length;
  for (const Field &Each : E.Fields) {
    if (!Each.LengthField || &E.Fields[*Each.LengthField] != &F)
      continue;
    std::string One = rustIdentifier(Each.Name) + ".len()";
    if (Length.empty())
      Length = One;
    else
      Length.append(".min(").append(One).append(")");
  }
  return Length;
}

/// A slice, or a reference to an array.
static std::optional<RustParameter> several(RustParameter R, const Field &F,
                                            QualType Element,
                                            const ASTContext &Context) {
  bool IsText = F.Kind == TRACE_FIELD_STRING;
  Field One = F;
  if (Element->isVoidType() || IsText || F.Kind == TRACE_FIELD_ENUM)
    One.Kind = TRACE_FIELD_INTEGER;
  std::string Type = IsText || Element->isVoidType() ? "u8"
                     : One.Kind == TRACE_FIELD_INTEGER
                         ? rustInteger(F.Size, F.Signed)
                         : number(Element.getUnqualifiedType(), One, Context);
  if (Type.empty())
    return std::nullopt;
  R.Type = F.Form == Shape::Array
               ? "&[" + Type + "; " + std::to_string(F.Count) + "]"
               : "&[" + Type + "]";
  R.ForeignType = "*const " + Type;
  R.Argument += ".as_ptr()";
  return R;
}

/// C callers extend to 32 bits.
static std::string registerType(StringRef ForeignType, const Field &F) {
  bool IsNumber = F.Form == Shape::One && F.Kind != TRACE_FIELD_STRING &&
                  F.Kind != TRACE_FIELD_POINTER;
  if (!IsNumber || F.Kind == TRACE_FIELD_FLOAT)
    return ForeignType.str();
  return rustInteger(std::max<uint64_t>(F.Size, 4), F.Signed);
}

static std::optional<RustParameter> carried(const ParmVarDecl &P,
                                            const Event &E, const Field &F) {
  RustParameter R;
  R.Name = R.Argument = rustIdentifier(F.Name);
  const ASTContext &Context = P.getASTContext();
  QualType T = P.getType();
  if (E.Placed)
    return std::nullopt;
  if (F.Form != Shape::One) {
    QualType To = T->getPointeeType();
    const ArrayType *Array = Context.getAsArrayType(To);
    return several(std::move(R), F, Array ? Array->getElementType() : To,
                   Context);
  }
  if (F.Kind == TRACE_FIELD_STRING) {
    R.Type = "&core::ffi::CStr";
    R.ForeignType = "*const core::ffi::c_char";
    R.Argument += ".as_ptr()";
    return R;
  }
  R.Type = R.ForeignType = number(T, F, Context);
  if (R.Type.empty())
    return std::nullopt;
  if (std::string Length = lengthOfSlices(E, F); !Length.empty()) {
    R.Argument = Length + " as " + R.ForeignType;
    R.Type.clear();
  }
  return R;
}

std::optional<RustParameter> rustParameter(const ParmVarDecl &P, const Event &E,
                                           const Field &F) {
  std::optional<RustParameter> R = carried(P, E, F);
  if (R)
    R->RegisterType = registerType(R->ForeignType, F);
  return R;
}

std::vector<std::string> documentation(const Decl &D) {
  const ASTContext &Context = D.getASTContext();
  const RawComment *Comment = Context.getRawCommentForAnyRedecl(&D);
  if (!Comment || !Comment->isDocumentation())
    return {};
  std::string Text = Comment->getFormattedText(Context.getSourceManager(),
                                               Context.getDiagnostics());
  std::vector<std::string> Lines;
  bool Fenced = false;
  for (StringRef Line : llvm::split(StringRef(Text).trim(), '\n')) {
    std::string Plain = Fenced ? Line.rtrim().str() : Line.trim().str();
    if (Line.trim().starts_with("```")) {
      Fenced = !Fenced;
      Plain = Fenced ? "```text" : "```";
    }
    Lines.push_back(std::move(Plain));
  }
  if (Fenced)
    Lines.push_back("```");
  return Lines;
}

} // namespace trace
