#include "metadata.h"

#include "../descriptor.h"

namespace trace {
namespace {

constexpr std::string_view types =
    "/* CTF 1.8 */\n"
    "typealias integer { size = 8; align = 8; signed = false; } := u8;\n"
    "typealias integer { size = 16; align = 8; signed = false; } := u16;\n"
    "typealias integer { size = 32; align = 8; signed = false; } := u32;\n"
    "typealias integer { size = 64; align = 8; signed = false; } := u64;\n"
    "typealias integer { size = 8; align = 8; signed = true; } := i8;\n"
    "typealias integer { size = 16; align = 8; signed = true; } := i16;\n"
    "typealias integer { size = 32; align = 8; signed = true; } := i32;\n"
    "typealias integer { size = 64; align = 8; signed = true; } := i64;\n"
    "typealias integer { size = 8; align = 8; signed = false; "
    "encoding = UTF8; } := character;\n"
    "typealias integer { size = 32; align = 8; signed = false; base = 16; } "
    ":= address32;\n"
    "typealias integer { size = 64; align = 8; signed = false; base = 16; } "
    ":= address64;\n"
    "typealias integer { size = 13; align = 1; signed = false; } "
    ":= string_length;\n"
    "typealias enum : integer { size = 3; align = 1; signed = false; } "
    "{ whole = 0, cut = 1, null = 2, bad = 3, empty = 4 } := string_state;\n"
    "typealias floating_point { exp_dig = 8; mant_dig = 24; align = 8; } "
    ":= f32;\n"
    "typealias floating_point { exp_dig = 11; mant_dig = 53; align = 8; } "
    ":= f64;\n";

constexpr std::string_view streams =
    "typealias integer { size = 64; align = 8; signed = false; "
    "map = clock.session.value; } := ticks;\n"
    "stream {\n"
    "  id = 0;\n"
    "  packet.context := struct {\n"
    "    ticks timestamp_begin;\n"
    "    ticks timestamp_end;\n"
    "    u64 content_size;\n"
    "    u64 packet_size;\n"
    "    u64 packet_seq_num;\n"
    "    u64 events_discarded;\n"
    "    u32 pid;\n"
    "    u32 tid;\n"
    "    character comm[16];\n"
    "  };\n"
    "  event.header := struct { ticks timestamp; u32 id; };\n"
    "  event.context := struct { u16 cpu; };\n"
    "};\n";

void put_decimal(TextBuffer &out, uint64_t number) {
  out.put(Digits(number, 10, false).text());
}

void put_uuid(TextBuffer &out, const trace_uuid &uuid) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (size_t i = 0; i < sizeof uuid; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      out.put('-');
    out.put(digits[uuid[i] >> 4]);
    out.put(digits[uuid[i] & 15]);
  }
}

bool is_printable(char c) { return c >= ' ' && c < 0x7f; }

/// In a string literal: whatever could end it, or is no ASCII, is a `_`.
char literal(char c) {
  return is_printable(c) && c != '"' && c != '\\' ? c : '_';
}

void put_literal(TextBuffer &out, std::string_view text) {
  out.put('"');
  for (const char c : text)
    out.put(literal(c));
  out.put('"');
}

std::string_view until_nul(const char *text, size_t bytes_max) {
  return {text, strnlen(text, bytes_max)};
}

/// The offset of the clock from 1970 in whole seconds and ticks: where the
/// ticks were 0.
void put_clock(TextBuffer &out, const trace_session &session) {
  constexpr uint64_t second = 1'000'000'000;
  const uint64_t frequency = session.frequency;
  // realtime - base / frequency, without a product of more than 64 bits.
  uint64_t seconds = session.realtime / second - session.base / frequency;
  const uint64_t part = session.base % frequency;
  // Below one second each, so doubles are exact to far less than a tick's worth
  // of error in the measurement of realtime.
  const auto ticks = static_cast<uint64_t>(
      static_cast<double>(session.realtime % second) /
      static_cast<double>(second) * static_cast<double>(frequency));
  uint64_t offset = ticks - part;
  if (ticks < part) {
    offset += frequency;
    --seconds;
  }
  out.put("clock {\n  name = session;\n  uuid = \"");
  put_uuid(out, session.uuid);
  out.put("\";\n  freq = ");
  put_decimal(out, frequency);
  out.put(";\n  offset_s = ");
  put_decimal(out, seconds);
  out.put(";\n  offset = ");
  put_decimal(out, offset);
  out.put(";\n  absolute = true;\n};\n");
}

/// Appends to an array; remembers that there was no memory.
class Writer {
public:
  explicit Writer(Array<char> &out) : out_(out) {}

  void put(char c) { failed_ = failed_ || !out_.push(c); }
  void put(std::string_view text) {
    for (const char c : text)
      put(c);
  }
  void put(uint64_t number) { put(Digits(number, 10, false).text()); }
  void put_literal(std::string_view text) {
    for (const char c : text)
      put(literal(c));
  }
  /// What C has no identifier for is a `_`.
  void put_identifier(std::string_view text) {
    for (const char c : text) {
      const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9');
      put(fits ? c : '_');
    }
  }
  bool failed() const { return failed_; }

private:
  Array<char> &out_;
  bool failed_ = false;
};

/// The fields of one event. A name that occurs twice, which C does not allow
/// but `_` for what is no identifier may make, gets its number behind it.
class Fields {
public:
  Fields(Writer &out, const trace_event &event) : out_(out), event_(event) {}

  void put() {
    for (size_t i = 0; i < event_fields(event_).size(); ++i)
      put_field(i);
  }

private:
  std::string_view name(size_t index) const {
    return event_text(event_, event_fields(event_)[index].name_at);
  }

  static bool same_identifier(std::string_view a, std::string_view b) {
    if (a.size() != b.size())
      return false;
    const auto one = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     (c >= '0' && c <= '9')
                 ? c
                 : '_';
    };
    for (size_t i = 0; i < a.size(); ++i)
      if (one(a[i]) != one(b[i]))
        return false;
    return true;
  }

  void put_name(std::string_view prefix, size_t index,
                std::string_view suffix = {}) {
    out_.put(prefix);
    out_.put_identifier(name(index));
    for (size_t i = 0; i < index; ++i)
      if (same_identifier(name(i), name(index))) {
        out_.put('_');
        out_.put(uint64_t{index});
        break;
      }
    out_.put(suffix);
  }

  void put_field(size_t index) {
    const trace_field &field = event_fields(event_)[index];
    out_.put("    ");
    if (field_has_head(field))
      put_head(index);
    switch (field.kind) {
    case TRACE_FIELD_STRING:
      out_.put("character");
      break;
    case TRACE_FIELD_ENUM:
      put_enumeration(field);
      break;
    case TRACE_FIELD_FLOAT:
      out_.put('f');
      out_.put(uint64_t{field.size} * 8);
      break;
    case TRACE_FIELD_POINTER:
      out_.put("address");
      out_.put(uint64_t{field.size} * 8);
      break;
    default:
      put_integer(field);
    }
    put_name(" _", index);
    if (field_has_head(field))
      put_name("[__", index, "_length]");
    if (field_is_array(field)) {
      out_.put('[');
      out_.put(uint64_t{field.count});
      out_.put(']');
    }
    out_.put(";\n");
  }

  void put_integer(const trace_field &field) {
    out_.put(field.flags & TRACE_FIELD_SIGNED ? 'i' : 'u');
    out_.put(uint64_t{field.size} * 8);
  }

  void put_head(size_t index) {
    put_name("string_length __", index, "_length; ");
    put_name("string_state __", index, "_state;\n    ");
  }

  void put_value(const trace_field &field, int64_t value) {
    if ((field.flags & TRACE_FIELD_SIGNED) && value < 0) {
      out_.put('-');
      return out_.put(uint64_t{0} - static_cast<uint64_t>(value));
    }
    out_.put(static_cast<uint64_t>(value));
  }

  void put_enumeration(const trace_field &field) {
    const auto enumerators = field_enumerators(event_, field);
    if (enumerators.empty()) // the grammar wants one
      return put_integer(field);
    out_.put("enum : ");
    put_integer(field);
    out_.put(" {");
    const char *separator = " ";
    for (const trace_enumerator &each : enumerators) {
      out_.put(separator);
      out_.put('"');
      out_.put_literal(event_text(event_, each.name_at));
      out_.put("\" = ");
      put_value(field, each.value);
      separator = ", ";
    }
    out_.put(" }");
  }

  Writer &out_;
  const trace_event &event_;
};

} // namespace

void put_metadata_head(TextBuffer &out, const trace_session &session,
                       const trace_process &process, std::string_view host) {
  constexpr uint16_t one = 1;
  const bool little = reinterpret_cast<const uint8_t &>(one) == 1;
  out.put(types);
  out.put("trace {\n  major = 1;\n  minor = 8;\n  uuid = \"");
  put_uuid(out, process.uuid);
  out.put("\";\n  byte_order = ");
  out.put(little ? "le" : "be");
  out.put(";\n  packet.header := struct { u32 magic; u8 uuid[16]; "
          "u32 stream_id; };\n};\nenv {\n  hostname = ");
  put_literal(out, host);
  out.put(";\n  tracer_name = \"tracepoint\";\n  vpid = ");
  put_decimal(out, process.pid);
  out.put(";\n  procname = ");
  put_literal(out, until_nul(process.name, sizeof process.name));
  out.put(";\n  executable = ");
  put_literal(out, until_nul(process.executable, sizeof process.executable));
  out.put(";\n};\n");
  put_clock(out, session);
  out.put(streams);
}

bool put_metadata_event(Array<char> &out, const trace_event &event,
                        uint32_t id) {
  Writer writer(out);
  writer.put("event {\n  name = \"");
  writer.put_literal(event_system(event));
  writer.put(':');
  writer.put_literal(event_name(event));
  writer.put("\";\n  id = ");
  writer.put(uint64_t{id});
  writer.put(";\n  stream_id = 0;\n  fields := struct {\n");
  Fields(writer, event).put();
  writer.put("  };\n};\n");
  return !writer.failed();
}

} // namespace trace
