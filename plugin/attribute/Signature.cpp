//===- Signature.cpp - the event that a declaration describes -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Signature.h"
#include "Marks.h"
#include "Standard.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/RecordLayout.h"

using namespace clang;

namespace trace {
namespace {

std::string spelling(QualType T, const ASTContext &Context) {
  PrintingPolicy Policy(Context.getLangOpts());
  return T.getUnqualifiedType().getAsString(Policy);
}

unsigned bytesOf(QualType T, const ASTContext &Context) {
  return Context.getTypeSizeInChars(T).getQuantity();
}

bool isPlainChar(QualType T) {
  return T->isSpecificBuiltinType(BuiltinType::Char_S) ||
         T->isSpecificBuiltinType(BuiltinType::Char_U);
}

bool isText(QualType Pointer, Conversion C, bool Traced) {
  QualType Pointee = Pointer->getPointeeType();
  if (C == Conversion::Text)
    return Pointee->isCharType();
  if (C == Conversion::Address || !isPlainChar(Pointee) ||
      Pointee.isVolatileQualified())
    return false;
  return !Traced || Pointee.isConstQualified();
}

std::vector<Enumerator> enumerators(const EnumDecl &E) {
  std::vector<Enumerator> All;
  for (const EnumConstantDecl *C : E.enumerators())
    All.push_back({C->getNameAsString(),
                   static_cast<int64_t>(
                       C->getInitVal().extOrTrunc(64).getLimitedValue())});
  return All;
}

/// What a reference, or an array that was made a pointer, leads to.
const ConstantArrayType *arrayOf(const ParmVarDecl &P) {
  const ASTContext &Context = P.getASTContext();
  if (const auto *R = P.getType()->getAs<ReferenceType>())
    return Context.getAsConstantArrayType(R->getPointeeType());
  const auto *Array = Context.getAsConstantArrayType(P.getOriginalType());
  return Array && Array->getSizeModifier() == ArraySizeModifier::Static
             ? Array
             : nullptr;
}

/// The type of \p P, or what it refers to where that counts as its value.
QualType valueType(const ParmVarDecl &P) {
  QualType T = P.getType();
  if (const auto *R = T->getAs<ReferenceType>())
    if (QualType To = R->getPointeeType();
        To.isConstQualified() && isStandardSequence(To))
      return To.getUnqualifiedType();
  return T;
}

/// Records a value, what it points to or has in it.
class Recorder {
public:
  Recorder(const ASTContext &Context, unsigned Argument, bool Traced,
           RecordedParameter &Result)
      : Context(Context), Argument(Argument), Traced(Traced), Result(Result) {}

  bool recordParameter(const ParmVarDecl &P, const std::string &Name,
                       Conversion C);

private:
  Field begin(const std::string &Name, QualType T, const Path &At) const {
    Field F;
    F.Name = Name;
    F.Type = spelling(T, Context);
    F.Argument = Argument;
    F.At = At;
    return F;
  }
  bool add(Field F) {
    Result.Fields.push_back(std::move(F));
    return true;
  }
  bool refuse(const Twine &Why) {
    Result.Why = Why.str();
    return false;
  }

  bool recordValue(const Decl &D, QualType T, const std::string &Name,
                   const Path &At, Conversion C);
  bool recordArray(const ConstantArrayType &Array, Field F);
  bool recordSequence(QualType Element, Field F);
  bool recordStandard(QualType T, const std::string &Name, const Path &At);
  bool recordMembers(const RecordDecl &R, const std::string &Name,
                     const Path &At);
  bool recordMember(const FieldDecl &M, uint64_t Offset,
                    const std::string &Name, const Path &At);

  bool describeInteger(QualType T, Field &F);
  bool describeElement(QualType T, Field &F);
  bool describeFlags(const Decl &D, Field &F);

  const ASTContext &Context;
  unsigned Argument;
  bool Traced;
  RecordedParameter &Result;
};

bool Recorder::describeInteger(QualType T, Field &F) {
  if (!T->isIntegerType() || T->isBitIntType() || Context.getTypeSize(T) > 64)
    return false;
  F.Kind = T->isBooleanType() ? TRACE_FIELD_BOOLEAN : TRACE_FIELD_INTEGER;
  F.Signed = T->isSignedIntegerOrEnumerationType();
  return true;
}

/// A number, or an address.
bool Recorder::describeElement(QualType T, Field &F) {
  if (T->isIncompleteType() || T->isDependentType())
    return false;
  F.Size = bytesOf(T, Context);
  if (T->isAnyPointerType() || T->isReferenceType()) {
    F.Kind = TRACE_FIELD_POINTER;
    F.Size = bytesOf(Context.getUIntPtrType(), Context);
    return T->getPointeeType().getAddressSpace() == LangAS::Default;
  }
  if (T->isNullPtrType()) {
    F.Kind = TRACE_FIELD_POINTER;
    return true;
  }
  if (T->isSpecificBuiltinType(BuiltinType::Float) ||
      T->isSpecificBuiltinType(BuiltinType::Double)) {
    F.Kind = TRACE_FIELD_FLOAT;
    F.Signed = true;
    return true;
  }
  const auto *E = dyn_cast_or_null<EnumDecl>(T->getAsTagDecl());
  if (!E)
    return describeInteger(T, F);
  if (E->getIntegerType().isNull() || !describeInteger(E->getIntegerType(), F))
    return false;
  if (T->isStdByteType())
    return true;
  F.Kind = TRACE_FIELD_ENUM;
  F.Enumerators = enumerators(*E);
  F.Bits = isFlags(*E);
  return true;
}

/// By an attribute of the parameter or member.
bool Recorder::describeFlags(const Decl &D, Field &F) {
  std::optional<Mark> M = flagsMark(D);
  if (!M)
    return true;
  if (M->Argument.empty()) {
    F.Bits = true;
    return F.Kind == TRACE_FIELD_ENUM ||
           refuse(": only an enumeration's enumerators are flags; name the "
                  "enumeration that has them, as in trace::flags(\"name\")");
  }
  if (F.Kind != TRACE_FIELD_ENUM && F.Kind != TRACE_FIELD_INTEGER)
    return refuse(": flags are an enumeration or an integer");
  const EnumDecl *E = namedEnumeration(D, M->Argument);
  if (!E)
    return refuse(": no enumeration '" + M->Argument +
                  "' is declared, of which it would have the flags");
  F.Kind = TRACE_FIELD_ENUM;
  F.Bits = true;
  F.Enumerators = enumerators(*E);
  return true;
}

bool Recorder::recordArray(const ConstantArrayType &Array, Field F) {
  QualType Element = Array.getElementType();
  F.Form = Shape::Array;
  F.Count = Array.getSize().getLimitedValue();
  if (isPlainChar(Element)) {
    F.Kind = TRACE_FIELD_STRING;
    F.Size = sizeof(uint16_t);
    return add(std::move(F));
  }
  if (!describeElement(Element, F))
    return refuse(": an array of '" + spelling(Element, Context) + "'");
  if (F.Count == 0 || F.Count > TRACE_STRING_BYTES_MAX / F.Size)
    return refuse(": an array has up to " + Twine(TRACE_STRING_BYTES_MAX) +
                  " bytes; pass a pointer with trace::bytes(\"length\"), which "
                  "is cut to that");
  return add(std::move(F));
}

/// \p F has its places.
bool Recorder::recordSequence(QualType Element, Field F) {
  F.Form = Shape::Sequence;
  Element = Element.getUnqualifiedType();
  if (isPlainChar(Element)) {
    F.Kind = TRACE_FIELD_STRING;
    F.Size = sizeof(uint16_t);
    F.Count = TRACE_STRING_BYTES_MAX;
    return add(std::move(F));
  }
  if (Element->isVoidType())
    F.Size = 1;
  else if (!describeElement(Element, F))
    return refuse(": elements of type '" + spelling(Element, Context) + "'");
  F.Count = TRACE_STRING_BYTES_MAX / F.Size;
  return add(std::move(F));
}

bool Recorder::recordStandard(QualType T, const std::string &Name,
                              const Path &At) {
  std::optional<StandardSequence> S = standardSequence(T, Context);
  if (!S)
    return refuse(": this standard library's layout of it is not known; pass a "
                  "std::string_view, or a pointer with trace::bytes");
  Field F = begin(Name, T, At);
  F.At.back() += S->DataAt;
  if (S->LengthAt) {
    F.LengthAt = At;
    F.LengthAt.back() += *S->LengthAt;
    if (S->Short) {
      F.Short = S->Short;
      for (Path *Step : {&F.Short->HeadAt, &F.Short->DataAt}) {
        const uint64_t Offset = Step->back();
        *Step = At;
        Step->back() += Offset;
      }
    }
    return recordSequence(S->Element, std::move(F));
  }
  F.Form = Shape::Array;
  F.Count = S->Count;
  if (!describeElement(S->Element.getUnqualifiedType(), F) || F.Count == 0 ||
      F.Count > TRACE_STRING_BYTES_MAX / F.Size)
    return refuse(": a span of a fixed length has 1 to " +
                  Twine(TRACE_STRING_BYTES_MAX) + " bytes of numbers");
  return add(std::move(F));
}

bool Recorder::recordMember(const FieldDecl &M, uint64_t Offset,
                            const std::string &Name, const Path &At) {
  if (M.isBitField())
    return refuse(": its member '" + M.getName() +
                  "' is a bit-field; pass that as a parameter of its own");
  if (M.getAccess() != AS_public && M.getAccess() != AS_none)
    return refuse(": its member '" + M.getName() +
                  "' is not public; pass what it stands for");
  Path Place = At;
  Place.back() += Offset;
  QualType T = M.getType();
  if (M.isAnonymousStructOrUnion())
    return recordMembers(*T->getAsRecordDecl(), Name, Place);
  if (const auto *R = T->getAsCXXRecordDecl(); R && R->isEmpty())
    return true;
  return recordValue(M, T, Name + "." + M.getNameAsString(), Place,
                     Conversion::None);
}

bool Recorder::recordMembers(const RecordDecl &R, const std::string &Name,
                             const Path &At) {
  constexpr size_t FieldsMax = 64;
  if (R.isUnion() || !R.getDefinition())
    return refuse(": it is, or has, a union");
  const RecordDecl &Definition = *R.getDefinition();
  const ASTRecordLayout &Layout = Context.getASTRecordLayout(&Definition);
  if (const auto *Class = dyn_cast<CXXRecordDecl>(&Definition)) {
    if (Class->isDynamicClass())
      return refuse(": it is a class with virtual functions or bases");
    for (const CXXBaseSpecifier &Base : Class->bases()) {
      const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl();
      if (!B || B->isEmpty())
        continue;
      if (Base.getAccessSpecifier() != AS_public)
        return refuse(": it has a base that is not public");
      Path Place = At;
      Place.back() += Layout.getBaseClassOffset(B).getQuantity();
      if (!recordMembers(*B, Name, Place))
        return false;
    }
  }
  for (const FieldDecl *M : Definition.fields()) {
    uint64_t Offset =
        Context.toCharUnitsFromBits(Layout.getFieldOffset(M->getFieldIndex()))
            .getQuantity();
    if (!recordMember(*M, Offset, Name, At))
      return false;
  }
  if (Result.Fields.size() > FieldsMax)
    return refuse(": it has more than " + Twine(FieldsMax) + " members");
  return true;
}

bool Recorder::recordValue(const Decl &D, QualType T, const std::string &Name,
                           const Path &At, Conversion C) {
  Field F = begin(Name, T, At);
  if (const auto *Array = Context.getAsConstantArrayType(T)) {
    F.InPlace = true;
    return recordArray(*Array, std::move(F));
  }
  if (isStandardSequence(T))
    return recordStandard(T, Name, At);
  if (const RecordDecl *R = T->getAsRecordDecl())
    return T->isIncompleteType() ? refuse("") : recordMembers(*R, Name, At);
  if (!describeElement(T, F))
    return refuse("");
  if (T->isPointerType() && isText(T, C, Traced)) {
    F.Kind = TRACE_FIELD_STRING;
    F.Size = sizeof(uint16_t);
  }
  return describeFlags(D, F) && add(std::move(F));
}

bool Recorder::recordParameter(const ParmVarDecl &P, const std::string &Name,
                               Conversion C) {
  QualType T = valueType(P);
  const bool IsAddress = C == Conversion::Address;
  if (!IsAddress && bytesMark(P)) {
    Field F = begin(Name, T, {0});
    F.LengthField = 0; // Meaning finds it, when all are known.
    if (!T->isPointerType())
      return refuse(": a buffer of trace::bytes is a pointer");
    return recordSequence(T->getPointeeType(), std::move(F));
  }
  if (const ConstantArrayType *Array = IsAddress ? nullptr : arrayOf(P))
    if (!Traced || Array->getElementType().isConstQualified())
      return recordArray(*Array, begin(Name, T, {0}));
  if (T->isRecordType()) {
    Result.Placed = true;
    if (P.getType()->isReferenceType() && !IsAddress &&
        (!Traced || standardSequence(T, Context)))
      return recordStandard(T, Name, {0, 0});
  }
  if (P.getType()->isReferenceType())
    T = P.getType();
  return recordValue(P, T, Name, {0}, C);
}

} // namespace

RecordedParameter recordParameter(const ParmVarDecl &P, Conversion C,
                                  bool Traced) {
  RecordedParameter Result;
  unsigned Index = P.getFunctionScopeIndex();
  std::string Name =
      P.getName().empty() ? "arg" + std::to_string(Index) : P.getNameAsString();
  Recorder R(P.getASTContext(), Index, Traced, Result);
  if (!R.recordParameter(P, Name, C))
    Result.Fields.clear();
  else if (Result.Fields.empty())
    Result.Why = ": it has no members";
  if (P.getType()->isReferenceType() && C == Conversion::Address)
    Result.Placed = false;
  return Result;
}

ShownParameter shownParameter(const ParmVarDecl &P) {
  ShownParameter S;
  QualType T = valueType(P);
  const ASTContext &Context = P.getASTContext();
  if (const ConstantArrayType *Array = arrayOf(P))
    S.Element = Array->getElementType();
  else if (isStandardSequence(T)) {
    if (auto Sequence = standardSequence(T, Context))
      S.Element = Sequence->Element;
  } else if (bytesMark(P) && T->isPointerType())
    S.Element = T->getPointeeType();
  S.AsText = !S.Element.isNull() || T->isEnumeralType() || T->isRecordType() ||
             flagsMark(P);
  if (!S.Element.isNull() && S.Element->isVoidType())
    S.Element = Context.UnsignedCharTy;
  if (!S.Element.isNull() && isPlainChar(S.Element))
    S.Element = {}; // a text as a whole
  return S;
}

Field thisField(const FunctionDecl &F) {
  const auto &M = cast<CXXMethodDecl>(F);
  const ASTContext &Context = F.getASTContext();
  Field This;
  This.Name = "this";
  This.Type =
      M.getParent()->isLambda() ? "void *" : spelling(M.getThisType(), Context);
  This.Kind = TRACE_FIELD_POINTER;
  This.Size = bytesOf(Context.getUIntPtrType(), Context);
  This.Implicit = true;
  return This;
}

} // namespace trace
