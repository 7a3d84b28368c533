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

static json::Value toJSON(const Field &F) {
  json::Array Enumerators;
  for (const Enumerator &E : F.Enumerators)
    Enumerators.push_back(toJSON(E));
  return json::Object{{"name", json::fixUTF8(F.Name)},
                      {"type", json::fixUTF8(F.Type)},
                      {"kind", static_cast<int>(F.Kind)},
                      {"size", F.Size},
                      {"signed", F.Signed},
                      {"implicit", F.Implicit},
                      {"argument", F.Argument},
                      {"enumerators", std::move(Enumerators)}};
}

static bool fromJSON(const json::Value &V, Field &F, json::Path P) {
  json::ObjectMapper O(V, P);
  int Kind = 0;
  bool Mapped = O && O.map("name", F.Name) && O.map("type", F.Type) &&
                O.map("kind", Kind) && O.map("size", F.Size) &&
                O.map("signed", F.Signed) && O.map("implicit", F.Implicit) &&
                O.map("argument", F.Argument) &&
                O.map("enumerators", F.Enumerators);
  F.Kind = static_cast<trace_field_kind>(Kind);
  return Mapped;
}

static bool fromJSON(const json::Value &V, Event &E, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("system", E.System) && O.map("name", E.Name) &&
         O.map("format", E.Format) && O.map("file", E.File) &&
         O.map("line", E.Line) && O.map("traced", E.Traced) &&
         O.map("internal", E.Internal) && O.map("immediate", E.Immediate) &&
         O.map("fields", E.Fields);
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
