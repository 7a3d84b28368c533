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

/// Leaves out what is as it is where nothing is said: most of most fields.
template <typename T>
static void set(json::Object &O, StringRef Name, const T &Value,
                const T &Unsaid = T()) {
  if (Value != Unsaid)
    O[Name] = Value;
}

static json::Value toJSON(const Field &F) {
  static const Field Unsaid;
  json::Object O;
  set(O, "name", json::fixUTF8(F.Name));
  set(O, "type", json::fixUTF8(F.Type));
  set(O, "kind", static_cast<int>(F.Kind));
  set(O, "size", F.Size);
  set(O, "signed", F.Signed);
  set(O, "implicit", F.Implicit);
  set(O, "bits", F.Bits);
  set(O, "argument", F.Argument);
  set(O, "form", static_cast<int>(F.Form));
  set(O, "count", F.Count);
  set(O, "at", F.At, Unsaid.At);
  set(O, "in_place", F.InPlace);
  set(O, "length_at", F.LengthAt);
  if (!F.Enumerators.empty())
    O["enumerators"] = F.Enumerators;
  if (F.LengthField)
    O["length_field"] = *F.LengthField;
  if (F.Short)
    O["short"] = toJSON(*F.Short);
  return O;
}

static bool fromJSON(const json::Value &V, Field &F, json::Path P) {
  json::ObjectMapper O(V, P);
  int Kind = 0, Form = 0;
  bool Mapped =
      O && O.mapOptional("name", F.Name) && O.mapOptional("type", F.Type) &&
      O.mapOptional("kind", Kind) && O.mapOptional("size", F.Size) &&
      O.mapOptional("signed", F.Signed) &&
      O.mapOptional("implicit", F.Implicit) && O.mapOptional("bits", F.Bits) &&
      O.mapOptional("argument", F.Argument) &&
      O.mapOptional("enumerators", F.Enumerators) &&
      O.mapOptional("form", Form) && O.mapOptional("count", F.Count) &&
      O.mapOptional("at", F.At) && O.mapOptional("in_place", F.InPlace) &&
      O.map("length_field", F.LengthField) &&
      O.mapOptional("length_at", F.LengthAt) && O.map("short", F.Short);
  F.Kind = static_cast<trace_field_kind>(Kind);
  F.Form = static_cast<Shape>(Form);
  return Mapped;
}

static json::Value toJSON(const Event &E) {
  json::Object O;
  set(O, "system", E.System);
  set(O, "name", json::fixUTF8(E.Name));
  set(O, "file", json::fixUTF8(E.File));
  set(O, "line", E.Line);
  set(O, "traced", E.Traced);
  set(O, "internal", E.Internal);
  set(O, "immediate", E.Immediate);
  set(O, "placed", E.Placed);
  O["fields"] = E.Fields;
  if (E.Format)
    O["format"] = json::fixUTF8(*E.Format);
  return O;
}

static bool fromJSON(const json::Value &V, Event &E, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.mapOptional("system", E.System) &&
         O.mapOptional("name", E.Name) && O.map("format", E.Format) &&
         O.mapOptional("file", E.File) && O.mapOptional("line", E.Line) &&
         O.mapOptional("traced", E.Traced) &&
         O.mapOptional("internal", E.Internal) &&
         O.mapOptional("immediate", E.Immediate) &&
         O.mapOptional("placed", E.Placed) && O.map("fields", E.Fields);
}

std::string toText(const Event &E) {
  std::string Text;
  raw_string_ostream(Text) << toJSON(E);
  return Text;
}

Expected<Event> fromText(StringRef Text) {
  return json::parse<Event>(Text, "trace event");
}

} // namespace trace
