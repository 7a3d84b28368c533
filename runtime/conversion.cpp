#include "conversion.h"

#include <algorithm>
#include <cstring>

namespace trace {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

unsigned parse_number(const char *&text) {
  unsigned number = 0;
  for (; is_digit(*text); ++text)
    number =
        std::min(number * 10 + static_cast<unsigned>(*text - '0'), extent_max);
  return number;
}

/// "12$"; 0, and nothing taken, if there is none.
unsigned parse_place(const char *&text) {
  const char *end = text;
  const unsigned place = parse_number(end);
  if (place == 0 || *end != '$')
    return 0;
  text = end + 1;
  return place;
}

bool parse_flag(char c, Conversion &conversion) {
  switch (c) {
  case '-':
    return conversion.left = true;
  case '+':
    return conversion.plus = true;
  case ' ':
    return conversion.space = true;
  case '#':
    return conversion.alternate = true;
  case '0':
    return conversion.zero = true;
  case '\'': // digits are not grouped: that needs a locale
    return true;
  }
  return false;
}

Extent parse_extent(const char *&text) {
  if (*text == '*') {
    ++text;
    return {Extent::argument, parse_place(text)};
  }
  if (is_digit(*text))
    return {Extent::number, parse_number(text)};
  return {};
}

uint8_t parse_length(const char *&text) {
  if (!*text || !strchr("hlLqjzt", *text))
    return 0;
  const char first = *text++;
  if (*text == first && (first == 'h' || first == 'l')) {
    ++text;
    return first == 'h' ? 'H' : 'l';
  }
  return static_cast<uint8_t>(first);
}

} // namespace

const char *conversion_parse(const char *text, Conversion &conversion) {
  conversion = {};
  ++text;
  conversion.place = parse_place(text);
  while (parse_flag(*text, conversion))
    ++text;
  conversion.width = parse_extent(text);
  if (*text == '.') {
    ++text;
    conversion.precision = parse_extent(text);
    if (conversion.precision.source == Extent::none)
      conversion.precision = {Extent::number, 0};
  }
  conversion.length = parse_length(text);
  if (!*text || !strchr("diouxXcspaAeEfFgG%", *text))
    return nullptr;
  conversion.type = *text;
  return text + 1;
}

} // namespace trace
