#include "render.h"

#include "conversion.h"
#include "descriptor.h"
#include "slice.h"
#include "value.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <utility>

namespace trace {

namespace {

constexpr std::string_view missing_text = "<missing>";
constexpr std::string_view null_text = TRACE_STRING_NULL_TEXT;
constexpr std::string_view bad_text = TRACE_STRING_BAD_TEXT;
constexpr std::string_view cut_text = "..."; // behind what was kept
constexpr size_t flags_bytes_max = 512;

/// A conversion whose width and precision are known.
struct Layout {
  const Conversion &conversion;
  size_t width;
  bool left;
  int precision; ///< -1: none
};

void put_padded(TextBuffer &out, const Layout &layout, std::string_view text) {
  const size_t padding = layout.width - std::min(layout.width, text.size());
  if (!layout.left)
    out.repeat(' ', padding);
  out.put_escaped(text);
  if (layout.left)
    out.repeat(' ', padding);
}

/// sign or 0x, zeros, digits, as printf lays them out.
void put_digits(TextBuffer &out, const Layout &layout, std::string_view prefix,
                std::string_view digits) {
  if (layout.precision == 0 && digits == "0")
    digits = {};
  const size_t zeros_wanted =
      layout.precision > 0 ? static_cast<size_t>(layout.precision) : 0;
  size_t zeros = zeros_wanted - std::min(zeros_wanted, digits.size());
  const size_t used = prefix.size() + zeros + digits.size();
  size_t padding = layout.width - std::min(layout.width, used);
  if (layout.conversion.zero && !layout.left && layout.precision < 0)
    zeros += std::exchange(padding, 0);
  if (!layout.left)
    out.repeat(' ', padding);
  out.put(prefix);
  out.repeat('0', zeros);
  out.put(digits);
  if (layout.left)
    out.repeat(' ', padding);
}

/// The bytes that printf would take of the argument: it is promoted to int,
/// then narrowed by hh or h.
unsigned converted_bits(const Conversion &conversion, const Value &value) {
  if (conversion.length == 'H')
    return 8;
  if (conversion.length == 'h')
    return 16;
  return std::max<unsigned>(value.field->size, 4) * 8;
}

uint64_t narrow(uint64_t bits, unsigned count, bool sign_extend) {
  const unsigned unused = 64 - count;
  bits <<= unused;
  return sign_extend
             ? static_cast<uint64_t>(static_cast<int64_t>(bits) >> unused)
             : bits >> unused;
}

void put_signed(TextBuffer &out, const Layout &layout, const Value &value) {
  const Conversion &c = layout.conversion;
  const uint64_t bits = narrow(value.bits, converted_bits(c, value), true);
  const bool negative = static_cast<int64_t>(bits) < 0;
  const std::string_view sign = negative  ? "-"
                                : c.plus  ? "+"
                                : c.space ? " "
                                          : "";
  put_digits(out, layout, sign,
             Digits(negative ? 0 - bits : bits, 10, false).text());
}

void put_unsigned(TextBuffer &out, const Layout &layout, const Value &value) {
  const Conversion &c = layout.conversion;
  const uint64_t bits = narrow(value.bits, converted_bits(c, value), false);
  const bool is_hex = c.type == 'x' || c.type == 'X' || c.type == 'p';
  const unsigned base = is_hex ? 16 : c.type == 'o' ? 8 : 10;
  const Digits digits(bits, base, c.type == 'X');
  if (c.type == 'p')
    return put_digits(out, layout, "0x", digits.text());
  if (c.alternate && c.type == 'o') {
    // One zero in front, unless there is one.
    const auto size = static_cast<int>(digits.text().size());
    Layout octal = layout;
    if (bits == 0 && layout.precision == 0)
      octal.precision = 1;
    const bool has_zero = bits == 0 || layout.precision > size;
    return put_digits(out, octal, has_zero ? "" : "0", digits.text());
  }
  if (!c.alternate || bits == 0)
    return put_digits(out, layout, "", digits.text());
  put_digits(out, layout,
             base == 10      ? ""
             : c.type == 'X' ? "0X"
                             : "0x",
             digits.text());
}

void put_float(TextBuffer &out, const Layout &layout, double number) {
  // printf's own way with flags and precision; the extents are bounded, so
  // 1e308 with %f still fits.
  const Conversion &c = layout.conversion;
  char format[16];
  char *to = format;
  *to++ = '%';
  for (const auto &[set, flag] : {std::pair{layout.left, '-'},
                                  {c.plus, '+'},
                                  {c.space, ' '},
                                  {c.alternate, '#'},
                                  {c.zero, '0'}})
    if (set)
      *to++ = flag;
  *to++ = '*';
  *to++ = '.';
  *to++ = '*';
  *to++ = strchr("aAeEfFgG", c.type) ? c.type : 'g';
  *to = 0;
  constexpr int precision_max = 100;
  char text[512];
  const int size =
      snprintf(text, sizeof text, format, static_cast<int>(layout.width),
               std::min(layout.precision, precision_max), number);
  if (size > 0)
    out.put({text, std::min(static_cast<size_t>(size), sizeof text - 1)});
}

void put_string(TextBuffer &out, const Layout &layout, std::string_view text) {
  if (layout.precision >= 0)
    text = slice(text, 0, static_cast<size_t>(layout.precision));
  put_padded(out, layout, text);
}

/// What %s prints of a field that is no string.
void put_named(TextBuffer &out, const trace_event &event, const Layout &layout,
               const Value &value) {
  if (value.field->kind == TRACE_FIELD_BOOLEAN)
    return put_string(out, layout, value.bits ? "true" : "false");
  if (is_flags(*value.field)) {
    char text[flags_bytes_max];
    TextBuffer flags(text, sizeof text);
    put_flags(flags, event, value);
    return put_string(out, layout, flags.text());
  }
  if (value.field->kind == TRACE_FIELD_ENUM)
    if (const std::string_view name = enumerator_name(event, value);
        !name.empty())
      return put_string(out, layout, name);
  if (value.field->kind == TRACE_FIELD_FLOAT)
    return put_float(out, layout, value.as_double());
  if (value.field->kind == TRACE_FIELD_POINTER) {
    const Conversion pointer = {.type = 'p'};
    return put_unsigned(out, {pointer, layout.width, layout.left, -1}, value);
  }
  return value.is_signed() ? put_signed(out, layout, value)
                           : put_unsigned(out, layout, value);
}

void put_traced_string(TextBuffer &out, const Layout &layout,
                       const Value &value) {
  if (value.state == TRACE_STRING_NULL)
    return put_string(out, layout, null_text);
  if (value.state == TRACE_STRING_BAD)
    return put_string(out, layout, bad_text);
  put_string(out, layout, value.string);
  if (value.state == TRACE_STRING_CUT && layout.precision < 0)
    out.put(cut_text);
}

void put_list(TextBuffer &out, const trace_event &event, const Layout &layout,
              const Value &value);

void put_value(TextBuffer &out, const trace_event &event, const Layout &layout,
               const Value &value) {
  if (value.missing)
    return out.put(missing_text);
  if (value.is_list)
    return put_list(out, event, layout, value);
  if (value.field->kind == TRACE_FIELD_STRING)
    return put_traced_string(out, layout, value);
  switch (layout.conversion.type) {
  case 's':
    return put_named(out, event, layout, value);
  case 'c': {
    const char c = static_cast<char>(value.bits);
    return put_padded(out, layout, {&c, 1});
  }
  case 'd':
  case 'i':
    return value.field->kind == TRACE_FIELD_FLOAT
               ? put_float(out, layout, value.as_double())
               : put_signed(out, layout, value);
  case 'u':
  case 'o':
  case 'x':
  case 'X':
  case 'p':
    return put_unsigned(out, layout, value);
  }
  put_float(out, layout, value.as_double());
}

/// de ad be ef, as Linux's __print_hex.
void put_hex_bytes(TextBuffer &out, const Value &value) {
  for (size_t i = 0; i < value.count(); ++i) {
    if (i > 0)
      out.put(' ');
    const uint64_t byte = value.element(i).bits;
    out.put(Digits(byte >> 4, 16, false).text());
    out.put(Digits(byte & 15, 16, false).text());
  }
  if (value.state == TRACE_STRING_CUT)
    out.put(cut_text);
}

/// {1,2,3}, as Linux's __print_array; each as the conversion says. Unsigned
/// bytes without one are hexadecimal.
void put_list(TextBuffer &out, const trace_event &event, const Layout &layout,
              const Value &value) {
  if (value.state == TRACE_STRING_NULL)
    return put_string(out, layout, null_text);
  if (value.state == TRACE_STRING_BAD)
    return put_string(out, layout, bad_text);
  const trace_field &field = *value.field;
  if (layout.conversion.type == 's' && field.kind == TRACE_FIELD_INTEGER &&
      field.size == 1 && !value.is_signed())
    return put_hex_bytes(out, value);
  out.put('{');
  for (size_t i = 0; i < value.count(); ++i) {
    if (i > 0)
      out.put(',');
    put_value(out, event, layout, value.element(i));
  }
  if (value.state == TRACE_STRING_CUT)
    out.put(value.count() > 0 ? ",..." : "...");
  out.put('}');
}

/// name=value, as ftrace's own events print: strings without quotes, so a
/// value may hold spaces. `argument`: only that parameter's; -1: all.
void put_pairs(const trace_event &event, std::span<const uint8_t> payload,
               TextBuffer &out, int argument) {
  const Conversion plain = {.type = 's'};
  const Layout layout = {plain, 0, false, -1};
  bool is_first = true;
  for (ValueReader reader(event, payload); !reader.at_end();) {
    const Value value = reader.next();
    const trace_field &field = *value.field;
    if (argument >= 0 &&
        ((field.flags & TRACE_FIELD_IMPLICIT) || field.argument != argument))
      continue;
    if (!std::exchange(is_first, false))
      out.put(' ');
    out.put_escaped(event_text(event, field.name_at));
    out.put('=');
    put_value(out, event, layout, value);
  }
}

/// Walks the format; knows which argument is next.
class FormatRenderer {
public:
  FormatRenderer(const trace_event &event, std::span<const uint8_t> payload,
                 TextBuffer &out)
      : event_(event), payload_(payload), out_(out) {}

  void run(const char *format) {
    while (*format) {
      const char *end = format + strcspn(format, "%");
      const bool is_last = !*end;
      std::string_view literal(format, static_cast<size_t>(end - format));
      if (is_last && literal.ends_with('\n'))
        literal.remove_suffix(1);
      out_.put_escaped(literal);
      format = is_last ? end : run_conversion(end);
    }
  }

private:
  const char *run_conversion(const char *text) {
    Conversion conversion;
    const char *end = conversion_parse(text, conversion);
    if (!end) {
      out_.put('%');
      return text + 1;
    }
    if (conversion.type == '%') {
      out_.put('%');
      return end;
    }
    Layout layout = {conversion, 0, conversion.left, -1};
    const int64_t width = extent(conversion.width);
    layout.left |= width < 0 && conversion.width.source != Extent::none;
    if (conversion.width.source != Extent::none)
      layout.width = static_cast<size_t>(width < 0 ? -width : width);
    if (conversion.precision.source != Extent::none)
      layout.precision =
          static_cast<int>(std::max<int64_t>(extent(conversion.precision), -1));
    const unsigned place = place_of(conversion.place);
    if (is_struct(event_, place))
      put_pairs(event_, payload_, out_, static_cast<int>(place));
    else
      put_value(out_, event_, layout,
                value_of_argument(event_, payload_, place));
    return end;
  }

  /// -1 if there is none; an argument's is bounded like a number's.
  int64_t extent(const Extent &extent) {
    if (extent.source == Extent::none)
      return -1;
    if (extent.source == Extent::number)
      return extent.value;
    const Value value = argument(extent.value);
    if (value.missing || value.is_list ||
        value.field->kind == TRACE_FIELD_STRING)
      return 0;
    constexpr int64_t most = extent_max;
    const auto wanted = static_cast<int64_t>(
        narrow(value.bits, std::max<unsigned>(value.field->size, 4) * 8, true));
    return std::clamp(wanted, -most, most);
  }

  unsigned place_of(unsigned place) { return place ? place - 1 : next_++; }

  Value argument(unsigned place) {
    return value_of_argument(event_, payload_, place_of(place));
  }

  const trace_event &event_;
  std::span<const uint8_t> payload_;
  TextBuffer &out_;
  unsigned next_ = 0;
};

} // namespace

void render(const trace_event &event, std::span<const uint8_t> payload,
            TextBuffer &out) {
  if (const char *format = event_text(event, event.format_at))
    FormatRenderer(event, payload, out).run(format);
  else
    put_pairs(event, payload, out, -1);
}

} // namespace trace
