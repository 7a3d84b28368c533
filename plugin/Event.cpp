//===- Event.cpp - an event as text ---------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Event.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace trace {

uint64_t fixedBytes(const Field &F) {
  if (F.Kind == TRACE_FIELD_STRING || F.Form == Shape::Sequence)
    return sizeof(uint16_t);
  return F.Form == Shape::Array ? F.Size * F.Count : F.Size;
}

unsigned valueCount(const Field &F) {
  return F.Form == Shape::Sequence && !F.LengthField ? 2 : 1;
}

unsigned firstValue(const Event &E, size_t Field) {
  unsigned Number = 0;
  for (size_t I = 0; I != Field; ++I)
    Number += valueCount(E.Fields[I]);
  return Number;
}

static json::Value toJSON(const Enumerator &E) {
  return json::Array{json::fixUTF8(E.Name), E.Value};
}

static bool fromJSON(const json::Value &V, Enumerator &E, json::Path P) {
  const json::Array *Pair = V.getAsArray();
  if (!Pair || Pair->size() != 2) {
    P.report("expected [name, value]");
    return false;
  }
  return json::fromJSON((*Pair)[0], E.Name, P.index(0)) &&
         json::fromJSON((*Pair)[1], E.Value, P.index(1));
}

static json::Value toJSON(const ShortForm &S) {
  return json::Object{{"head_at", S.HeadAt},
                      {"long_mask", S.LongMask},
                      {"length_shift", S.LengthShift},
                      {"length_mask", S.LengthMask},
                      {"data_at", S.DataAt}};
}

static bool fromJSON(const json::Value &V, ShortForm &S, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("head_at", S.HeadAt) && O.map("long_mask", S.LongMask) &&
         O.map("length_shift", S.LengthShift) &&
         O.map("length_mask", S.LengthMask) && O.map("data_at", S.DataAt);
}

static json::Value toJSON(const Field &F) {
  json::Array Enumerators;
  for (const Enumerator &E : F.Enumerators)
    Enumerators.push_back(toJSON(E));
  json::Object O{{"name", json::fixUTF8(F.Name)},
                 {"type", json::fixUTF8(F.Type)},
                 {"kind", static_cast<int>(F.Kind)},
                 {"size", F.Size},
                 {"signed", F.Signed},
                 {"implicit", F.Implicit},
                 {"bits", F.Bits},
                 {"argument", F.Argument},
                 {"enumerators", std::move(Enumerators)},
                 {"form", static_cast<int>(F.Form)},
                 {"count", F.Count},
                 {"at", F.At},
                 {"in_place", F.InPlace},
                 {"length_at", F.LengthAt}};
  if (F.LengthField)
    O["length_field"] = *F.LengthField;
  if (F.Short)
    O["short"] = toJSON(*F.Short);
  return O;
}

static bool fromJSON(const json::Value &V, Field &F, json::Path P) {
  json::ObjectMapper O(V, P);
  int Kind = 0, Form = 0;
  bool Mapped = O && O.map("name", F.Name) && O.map("type", F.Type) &&
                O.map("kind", Kind) && O.map("size", F.Size) &&
                O.map("signed", F.Signed) && O.map("implicit", F.Implicit) &&
                O.map("bits", F.Bits) && O.map("argument", F.Argument) &&
                O.map("enumerators", F.Enumerators) && O.map("form", Form) &&
                O.map("count", F.Count) && O.map("at", F.At) &&
                O.map("in_place", F.InPlace) &&
                O.map("length_field", F.LengthField) &&
                O.map("length_at", F.LengthAt) && O.map("short", F.Short);
  F.Kind = static_cast<trace_field_kind>(Kind);
  F.Form = static_cast<Shape>(Form);
  return Mapped;
}

static bool fromJSON(const json::Value &V, Event &E, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("system", E.System) && O.map("name", E.Name) &&
         O.map("format", E.Format) && O.map("file", E.File) &&
         O.map("line", E.Line) && O.map("traced", E.Traced) &&
         O.map("internal", E.Internal) && O.map("immediate", E.Immediate) &&
         O.map("placed", E.Placed) && O.map("fields", E.Fields);
}

std::string toText(const Event &E) {
  json::Array Fields;
  for (const Field &F : E.Fields)
    Fields.push_back(toJSON(F));
  json::Object O{{"system", E.System},
                 {"name", json::fixUTF8(E.Name)},
                 {"file", json::fixUTF8(E.File)},
                 {"line", E.Line},
                 {"traced", E.Traced},
                 {"internal", E.Internal},
                 {"immediate", E.Immediate},
                 {"placed", E.Placed},
                 {"fields", std::move(Fields)}};
  if (E.Format)
    O["format"] = json::fixUTF8(*E.Format);
  std::string Text;
  raw_string_ostream(Text) << json::Value(std::move(O));
  return Text;
}

Expected<Event> fromText(StringRef Text) {
  return json::parse<Event>(Text, "trace event");
}

} // namespace trace
