/// One field's value in a payload.
#ifndef TRACE_RUNTIME_VALUE_H
#define TRACE_RUNTIME_VALUE_H

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

  bool is_signed() const { return field->flags & TRACE_FIELD_SIGNED; }
  double as_double() const;
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

/// The name of an enumeration's value; empty if it has none.
std::string_view enumerator_name(const trace_event &event, const Value &value);

} // namespace trace

#endif
