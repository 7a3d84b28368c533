//===- Descriptor.cpp - an event as data ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Descriptor.h"
#include "Image.h"
#include "Members.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MathExtras.h"
#include <cstddef>

using namespace llvm;

namespace trace {
namespace {

/// Lays a descriptor out: head, fields, enumerators, text.
class Layout {
public:
  Layout(const Event &E, Usdt Probes) : E(E), Probes(Probes) {
    EnumeratorsAt =
        alignTo(sizeof(trace_event) + E.Fields.size() * sizeof(trace_field),
                alignof(trace_enumerator));
    size_t Enumerators = 0;
    for (const Field &F : E.Fields)
      Enumerators += F.Enumerators.size();
    TextAt = EnumeratorsAt + Enumerators * sizeof(trace_enumerator);
  }

  Constant *build(GlobalVariable *Placeholder, GlobalVariable *Key);

private:
  uint32_t text(StringRef S) {
    uint32_t At = TextAt + Text.size();
    Text += S;
    Text += '\0';
    return At;
  }

  Constant *enumerator(LLVMContext &C, const Enumerator &From) {
    trace_enumerator V = {From.Value, text(From.Name), 0};
    MemberValues Members(C);
#define MEMBER(Type, Name) Members.add(#Name, V.Name);
    TRACE_ENUMERATOR(MEMBER)
#undef MEMBER
    return Members.packed();
  }

  Constant *field(LLVMContext &C, const Field &From, uint32_t &At) {
    trace_field V = {};
    V.name_at = text(From.Name);
    V.type_at = text(From.Type);
    V.kind = From.Kind;
    V.size = From.Size;
    V.flags = (From.Signed ? TRACE_FIELD_SIGNED : 0) |
              (From.Implicit ? TRACE_FIELD_IMPLICIT : 0) |
              (From.Bits ? TRACE_FIELD_BITS : 0);
    // Strings are strings, wherever their length comes from.
    if (From.Form != Shape::One && From.Kind != TRACE_FIELD_STRING) {
      V.flags |=
          From.Form == Shape::Array ? TRACE_FIELD_ARRAY : TRACE_FIELD_SEQUENCE;
      V.count = From.Count;
    }
    V.argument = From.Argument;
    V.enumerator_count = From.Enumerators.size();
    V.enumerators_at = From.Enumerators.empty() ? 0 : At;
    At += From.Enumerators.size() * sizeof(trace_enumerator);
    MemberValues Members(C);
#define MEMBER(Type, Name) Members.add(#Name, V.Name);
    TRACE_FIELD(MEMBER)
#undef MEMBER
    return Members.packed();
  }

  const Event &E;
  Usdt Probes;
  uint32_t EnumeratorsAt, TextAt;
  std::string Text;
};

Constant *Layout::build(GlobalVariable *Descriptor, GlobalVariable *Key) {
  LLVMContext &C = Descriptor->getContext();
  trace_event V = {};
  V.version = TRACE_LAYOUT_VERSION;
  V.flags = (E.Traced ? TRACE_EVENT_FUNCTION : 0) |
            (Probes == Usdt::Slow   ? TRACE_EVENT_USDT
             : Probes == Usdt::Site ? TRACE_EVENT_USDT_SITE
                                    : 0);
  V.field_count = E.Fields.size();
  V.payload_bytes = payloadBytes(E);
  V.fields_at = E.Fields.empty() ? 0 : sizeof(trace_event);
  V.system_at = text(E.System);
  V.name_at = text(E.Name);
  V.format_at = E.Format ? text(*E.Format) : 0;
  V.file_at = text(E.File);
  V.line = E.Line;

  SmallVector<Constant *, 32> Pieces(1);
  uint32_t At = EnumeratorsAt;
  for (const Field &F : E.Fields)
    Pieces.push_back(field(C, F, At));
  unsigned Gap = EnumeratorsAt - sizeof(trace_event) -
                 E.Fields.size() * sizeof(trace_field);
  Pieces.push_back(
      ConstantAggregateZero::get(ArrayType::get(Type::getInt8Ty(C), Gap)));
  for (const Field &F : E.Fields)
    for (const Enumerator &Each : F.Enumerators)
      Pieces.push_back(enumerator(C, Each));

  V.size = alignTo(TextAt + Text.size(), TRACE_EVENT_ALIGN);
  Text.resize(V.size - TextAt, '\0');
  Pieces.push_back(ConstantDataArray::getString(C, Text, /*AddNull=*/false));

  MemberValues Head(C);
#define MEMBER(Type, Name) Head.add(#Name, V.Name);
  TRACE_EVENT(MEMBER)
#undef MEMBER
  // Elsewhere no note leads to it, and PTX has no self-relative words.
  if (isELF(*Descriptor->getParent()))
    Head.set("key", relative(Key, Descriptor, offsetof(trace_event, key)));
  Pieces.front() = Head.packed();
  return ConstantStruct::getAnon(C, Pieces, /*Packed=*/true);
}

} // namespace

unsigned payloadBytes(const Event &E) {
  unsigned Bytes = 0;
  for (const Field &F : E.Fields)
    Bytes += fixedBytes(F);
  return Bytes;
}

GlobalVariable *makeDescriptor(Module &M, const Event &E, GlobalVariable *Key,
                               Usdt Probes, const Twine &Name) {
  // The constant refers to the variable's own address, and its type is known
  // only once it is built; so build it against a stand-in.
  auto *StandIn = new GlobalVariable(M, Type::getInt8Ty(M.getContext()), true,
                                     GlobalValue::ExternalLinkage, nullptr, "");
  Constant *Value = Layout(E, Probes).build(StandIn, Key);
  auto *D = new GlobalVariable(M, Value->getType(), /*isConstant=*/true,
                               GlobalValue::LinkOnceODRLinkage, Value, Name);
  StandIn->replaceAllUsesWith(D);
  StandIn->eraseFromParent();
  if (isELF(M))
    D->setSection(TRACE_SECTION_EVENTS);
  D->setAlignment(Align(TRACE_EVENT_ALIGN));
  return D;
}

} // namespace trace
