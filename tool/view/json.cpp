//===- json.cpp - A recording as JSON lines -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "llvm/Support/JSON.h"
#include "../../runtime/value.h"
#include "exporter.h"
#include "flags_text.h"
#include "seconds.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>

using namespace llvm;
using namespace trace::recording;

namespace trace {
namespace {

json::Value toJson(StringRef Text) {
  if (json::isUTF8(Text))
    return Text;
  return json::fixUTF8(Text);
}

// JSON has neither infinities nor NaN.
json::Value toJson(double Number) {
  if (std::isnan(Number))
    return "nan";
  if (std::isinf(Number))
    return Number < 0 ? "-inf" : "inf";
  return Number;
}

json::Value toJson(const trace_event &Of, const Value &V);

// Null where there is nothing to read.
json::Value listToJson(const trace_event &Of, const Value &V) {
  if (V.state == TRACE_STRING_NULL || V.state == TRACE_STRING_BAD)
    return nullptr;
  json::Array Elements;
  for (size_t I = 0; I < V.count(); ++I)
    Elements.push_back(toJson(Of, V.element(I)));
  return Elements;
}

// An address is text: readers take numbers for doubles of 53 bits.
json::Value toJson(const trace_event &Of, const Value &V) {
  if (V.is_list)
    return listToJson(Of, V);
  switch (V.field->kind) {
  case TRACE_FIELD_STRING:
    if (V.state == TRACE_STRING_NULL || V.state == TRACE_STRING_BAD)
      return nullptr;
    return toJson(StringRef(V.string.data(), V.string.size()));
  case TRACE_FIELD_BOOLEAN:
    return V.bits != 0;
  case TRACE_FIELD_FLOAT:
    return toJson(V.as_double());
  case TRACE_FIELD_POINTER:
    return "0x" + utohexstr(V.bits, /*LowerCase=*/true);
  case TRACE_FIELD_ENUM:
    if (is_flags(*V.field))
      return json::fixUTF8(flagsText(Of, V));
    if (std::string_view Name = enumerator_name(Of, V); !Name.empty())
      return toJson(StringRef(Name.data(), Name.size()));
  }
  if (V.is_signed())
    return static_cast<int64_t>(V.bits);
  return V.bits;
}

class JsonExporter : public Exporter {
public:
  JsonExporter(const Recording &From, raw_ostream &To)
      : Clock(From.session()), To(To) {}

  void write(const Record &R) override {
    json::OStream J(To);
    J.object([&] {
      J.attributeBegin("time");
      writeSeconds(J.rawValueBegin(), Clock.monotonic(R.Ticks));
      J.rawValueEnd();
      J.attributeEnd();
      J.attribute("system", toJson(R.Of->system()));
      J.attribute("name", toJson(R.Of->name()));
      J.attribute("cpu", R.Cpu);
      J.attribute("pid", R.In->Head.pid);
      J.attribute("tid", R.In->Head.tid);
      J.attribute("comm", toJson(R.In->comm()));
      writeFields(J, R);
    });
    To << '\n';
  }

private:
  void writeFields(json::OStream &J, const Record &R) {
    const trace_event &Of = R.Of->descriptor();
    ArrayRef<std::string> Names = R.Of->fieldNames();
    SmallVector<StringRef, 4> Cut, Bad;
    J.attributeObject("fields", [&] {
      ValueReader Reader(Of, {R.Payload.data(), R.Payload.size()});
      for (size_t I = 0; !Reader.at_end(); ++I) {
        const Value V = Reader.next();
        if (V.state == TRACE_STRING_CUT)
          Cut.push_back(Names[I]);
        if (V.state == TRACE_STRING_BAD)
          Bad.push_back(Names[I]);
        J.attribute(Names[I], toJson(Of, V));
      }
    });
    writeNames(J, "cut", Cut);
    writeNames(J, "bad", Bad);
  }

  static void writeNames(json::OStream &J, StringRef Key,
                         ArrayRef<StringRef> Names) {
    if (Names.empty())
      return;
    J.attributeArray(Key, [&] {
      for (StringRef Name : Names)
        J.value(Name);
    });
  }

  const Session &Clock;
  raw_ostream &To;
};

} // namespace

std::unique_ptr<Exporter> makeJsonExporter(const Recording &From,
                                           raw_ostream &To) {
  return std::make_unique<JsonExporter>(From, To);
}

} // namespace trace
