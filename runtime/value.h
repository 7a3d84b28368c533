/// One field's value in a payload.
#ifndef TRACE_RUNTIME_VALUE_H
#define TRACE_RUNTIME_VALUE_H

#include "text_buffer.h"

#include <trace/layout.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace trace {

struct Value {
  const trace_field *field = nullptr;
  bool missing = true; ///< the payload ends before it, or there is no field
  trace_string_state state = TRACE_STRING_WHOLE;
  uint64_t bits = 0; ///< numbers; sign-extended if the field is signed
  std::string_view string;
  bool is_list = false;              ///< an array or sequence: see element()
  std::span<const uint8_t> elements; ///< empty if the state says so

  bool is_signed() const { return field->flags & TRACE_FIELD_SIGNED; }
  double as_double() const;
  size_t count() const { return elements.size() / field->size; }
  Value element(size_t index) const;
};

/// Walks a payload, field by field.
class ValueReader {
public:
  ValueReader(const trace_event &event, std::span<const uint8_t> payload);
  bool at_end() const { return fields_.empty(); }
  Value next();

private:
  std::span<const trace_field> fields_;
  std::span<const uint8_t> payload_;
};

/// The value of the declared parameter `index`, counted from 0.
Value value_of_argument(const trace_event &event,
                        std::span<const uint8_t> payload, unsigned index);

/// Whether the fields of the declared parameter `index` are members of a
/// struct.
bool is_struct(const trace_event &event, unsigned index);

/// The name of an enumeration's value; empty if it has none.
std::string_view enumerator_name(const trace_event &event, const Value &value);

/// Whether the value is a set of bits that have names.
inline bool is_flags(const trace_field &field) {
  return field.kind == TRACE_FIELD_ENUM && (field.flags & TRACE_FIELD_BITS);
}

/// Such a set, as Linux's __print_flags: names in the order of their
/// declaration, then in hexadecimal what has none, as A|B|0x8. Of no bits: the
/// name of 0, or 0.
void put_flags(TextBuffer &out, const trace_event &event, const Value &value);

} // namespace trace

#endif
