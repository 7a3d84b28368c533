#include "value.h"

#include "descriptor.h"

#include <bit>
#include <cstring>

namespace trace {
namespace {

template <typename T> uint64_t load_as(const uint8_t *bytes) {
  T number;
  memcpy(&number, bytes, sizeof number);
  return static_cast<uint64_t>(number);
}

uint64_t load(const uint8_t *bytes, size_t size, bool is_signed) {
  switch (size) {
  case 1:
    return is_signed ? load_as<int8_t>(bytes) : load_as<uint8_t>(bytes);
  case 2:
    return is_signed ? load_as<int16_t>(bytes) : load_as<uint16_t>(bytes);
  case 4:
    return is_signed ? load_as<int32_t>(bytes) : load_as<uint32_t>(bytes);
  case 8:
    return load_as<uint64_t>(bytes);
  }
  return 0;
}

constexpr bool big_endian = std::endian::native == std::endian::big;

trace_string_state string_state(uint64_t head) {
  constexpr unsigned mask = (1u << TRACE_STRING_STATE_BITS) - 1;
  return static_cast<trace_string_state>(
      (big_endian ? head : head >> TRACE_STRING_LENGTH_BITS) & mask);
}

size_t string_length(uint64_t head) {
  constexpr unsigned mask = (1u << TRACE_STRING_LENGTH_BITS) - 1;
  return (big_endian ? head >> TRACE_STRING_STATE_BITS : head) & mask;
}

} // namespace

double Value::as_double() const {
  if (field->kind == TRACE_FIELD_FLOAT)
    return field->size == sizeof(float)
               ? static_cast<double>(
                     std::bit_cast<float>(static_cast<uint32_t>(bits)))
               : std::bit_cast<double>(bits);
  return is_signed() ? static_cast<double>(static_cast<int64_t>(bits))
                     : static_cast<double>(bits);
}

ValueReader::ValueReader(const trace_event &event,
                         std::span<const uint8_t> payload)
    : fields_(event_fields(event)), payload_(payload) {}

Value ValueReader::next() {
  Value value;
  value.field = &fields_.front();
  fields_ = fields_.subspan(1);
  const trace_field &field = *value.field;
  value.is_list = field_is_array(field) || field_is_sequence(field);
  const bool has_head = field_has_head(field);
  const size_t size = field_fixed_bytes(field);
  if (size > payload_.size()) {
    payload_ = {};
    return value;
  }
  value.missing = false;
  if (field_is_array(field)) {
    value.elements = payload_.first(size);
    payload_ = payload_.subspan(size);
    return value;
  }
  value.bits = load(payload_.data(), size, !has_head && value.is_signed());
  payload_ = payload_.subspan(size);
  if (!has_head)
    return value;

  value.state = string_state(value.bits);
  const size_t bytes = string_length(value.bits) * field_element_bytes(field);
  value.missing = bytes > payload_.size();
  if (value.missing) {
    payload_ = {};
    return value;
  }
  // Else they are the state's text.
  const size_t there =
      value.state == TRACE_STRING_WHOLE || value.state == TRACE_STRING_CUT
          ? bytes
          : 0;
  if (value.is_list)
    value.elements = payload_.first(there);
  else
    value.string = {reinterpret_cast<const char *>(payload_.data()), there};
  payload_ = payload_.subspan(bytes);
  return value;
}

Value Value::element(size_t index) const {
  Value value;
  value.field = field;
  value.missing = false;
  value.bits =
      load(elements.data() + index * field->size, field->size, is_signed());
  return value;
}

Value value_of_argument(const trace_event &event,
                        std::span<const uint8_t> payload, unsigned index) {
  ValueReader reader(event, payload);
  while (!reader.at_end()) {
    const Value value = reader.next();
    if (!(value.field->flags & TRACE_FIELD_IMPLICIT) &&
        value.field->argument == index)
      return value;
  }
  return {};
}

bool is_struct(const trace_event &event, unsigned index) {
  size_t count = 0;
  for (const trace_field &field : event_fields(event))
    count += !(field.flags & TRACE_FIELD_IMPLICIT) && field.argument == index;
  return count > 1;
}

void put_flags(TextBuffer &out, const trace_event &event, const Value &value) {
  const unsigned unused = 64 - value.field->size * 8;
  const uint64_t all = value.bits << unused >> unused;
  uint64_t rest = all;
  bool is_first = true;
  for (const trace_enumerator &e : field_enumerators(event, *value.field)) {
    const uint64_t mask = static_cast<uint64_t>(e.value) << unused >> unused;
    const bool is_zero = all == 0 && mask == 0 && is_first;
    if (!is_zero && (mask == 0 || (rest & mask) != mask))
      continue;
    if (!is_first)
      out.put('|');
    is_first = false;
    out.put_escaped(event_text(event, e.name_at));
    rest &= ~mask;
  }
  if (rest == 0 && !is_first)
    return;
  if (!is_first)
    out.put('|');
  if (rest != 0)
    out.put("0x");
  out.put(Digits(rest, 16, false).text());
}

std::string_view enumerator_name(const trace_event &event, const Value &value) {
  for (const trace_enumerator &e : field_enumerators(event, *value.field))
    if (static_cast<uint64_t>(e.value) == value.bits)
      return event_text(event, e.name_at);
  return {};
}

} // namespace trace
