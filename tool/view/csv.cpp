//===- csv.cpp - A recording as comma-separated values --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RFC 4180, with the line ends of this system. A line is a record whatever a
// string holds: control characters are escaped, as in text.
//
//===----------------------------------------------------------------------===//

#include "../../runtime/pattern.h"
#include "../../runtime/text_buffer.h"
#include "../../runtime/value.h"
#include "exporter.h"
#include "flags_text.h"
#include "seconds.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Format.h"

using namespace llvm;
using namespace trace::recording;

namespace trace {
namespace {

/// At most 4 characters for one: \xNN.
std::string escaped(StringRef Text) {
  std::string Result(Text.size() * 4, '\0');
  TextBuffer Out(Result.data(), Result.size());
  Out.put_escaped({Text.data(), Text.size()});
  Result.resize(Out.text().size());
  return Result;
}

void writeText(raw_ostream &To, StringRef Text) {
  std::string Escaped = escaped(Text);
  if (Escaped.find_first_of("\",") == std::string::npos) {
    To << Escaped;
    return;
  }
  To << '"';
  for (char C : Escaped) {
    if (C == '"')
      To << '"';
    To << C;
  }
  To << '"';
}

void writeValue(raw_ostream &To, const trace_event &Of, const Value &V);

// In one cell: {1,2}.
void writeList(raw_ostream &To, const trace_event &Of, const Value &V) {
  if (V.state == TRACE_STRING_NULL || V.state == TRACE_STRING_BAD)
    return;
  std::string Text;
  raw_string_ostream Out(Text);
  for (size_t I = 0; I < V.count(); ++I) {
    Out << (I ? "," : "");
    writeValue(Out, Of, V.element(I));
  }
  if (V.state == TRACE_STRING_CUT)
    Out << ",...";
  writeText(To, "{" + Text + "}");
}

void writeValue(raw_ostream &To, const trace_event &Of, const Value &V) {
  if (V.is_list)
    return writeList(To, Of, V);
  switch (V.field->kind) {
  case TRACE_FIELD_STRING:
    return writeText(To, std::string(V.string) +
                             (V.state == TRACE_STRING_CUT ? "..." : ""));
  case TRACE_FIELD_FLOAT:
    To << format("%.*g", V.field->size == sizeof(float) ? 9 : 17,
                 V.as_double());
    return;
  case TRACE_FIELD_POINTER:
    To << "0x";
    To.write_hex(V.bits);
    return;
  case TRACE_FIELD_ENUM:
    if (is_flags(*V.field))
      return writeText(To, flagsText(Of, V));
    if (std::string_view Name = enumerator_name(Of, V); !Name.empty())
      return writeText(To, {Name.data(), Name.size()});
  }
  if (V.is_signed())
    To << static_cast<int64_t>(V.bits);
  else
    To << V.bits;
}

class CsvExporter : public Exporter {
public:
  CsvExporter(const Recording &From, StringRef Patterns, raw_ostream &To)
      : Clock(From.session()), To(To), Places(From.eventCount()) {
    To << "time,system,name,cpu,pid,tid,comm";
    StringMap<unsigned> Columns;
    for (const std::unique_ptr<Process> &P : From.processes())
      P->Known.forEach([&](const recording::Event &E) {
        if (Patterns.empty() || pattern_matches(Patterns, E.system(), E.name()))
          addColumns(E, Columns);
      });
    To << '\n';
    Cells.resize(Columns.size());
  }

  void write(const Record &R) override {
    const trace_event &Of = R.Of->descriptor();
    writeSeconds(To, Clock.monotonic(R.Ticks));
    To << ',';
    writeText(To, R.Of->system());
    To << ',';
    writeText(To, R.Of->name());
    To << ',' << R.Cpu << ',' << R.In->Head.pid << ',' << R.In->Head.tid << ',';
    writeText(To, R.In->comm());

    ArrayRef<unsigned> Place = Places[R.Of->Index];
    ValueReader Reader(Of, {R.Payload.data(), R.Payload.size()});
    for (size_t I = 0; !Reader.at_end(); ++I)
      Cells[Place[I]] = Reader.next();
    for (Value &Cell : Cells) {
      To << ',';
      if (Cell.field)
        writeValue(To, Of, Cell);
      Cell = {};
    }
    To << '\n';
  }

private:
  // Fields of one name share a column.
  void addColumns(const recording::Event &E, StringMap<unsigned> &Columns) {
    for (StringRef Name : E.fieldNames()) {
      auto [Column, IsNew] = Columns.try_emplace(Name, Columns.size());
      Places[E.Index].push_back(Column->second);
      if (IsNew) {
        To << ',';
        writeText(To, "fields." + Name.str());
      }
    }
  }

  const Session &Clock;
  raw_ostream &To;
  std::vector<SmallVector<unsigned, 0>> Places; // of fields, by event
  std::vector<Value> Cells;
};

} // namespace

std::unique_ptr<Exporter> makeCsvExporter(const Recording &From,
                                          StringRef Patterns, raw_ostream &To) {
  return std::make_unique<CsvExporter>(From, Patterns, To);
}

} // namespace trace
