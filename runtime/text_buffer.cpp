#include "text_buffer.h"

#include <algorithm>
#include <cstring>

namespace trace {

Digits::Digits(uint64_t number, unsigned base, bool upper) {
  const char *set = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  size_t at = sizeof bytes_;
  do {
    bytes_[--at] = set[number % base];
    number /= base;
  } while (number);
  size_ = sizeof bytes_ - at;
}

void TextBuffer::put(char c) {
  if (size_ < capacity_)
    bytes_[size_++] = c;
  else
    cut_ = true;
}

void TextBuffer::put(std::string_view text) {
  const size_t count = std::min(text.size(), capacity_ - size_);
  if (count > 0)
    memcpy(bytes_ + size_, text.data(), count);
  size_ += count;
  cut_ |= count < text.size();
}

void TextBuffer::repeat(char c, size_t count) {
  while (count-- > 0)
    put(c);
}

void TextBuffer::put_escaped(std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  bool is_c1_end = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // C1, U+0080 to U+009F, is C2 80 to C2 9F in UTF-8; terminals obey it.
    const bool is_c1_begin =
        byte == 0xc2 && i + 1 < text.size() && (text[i + 1] & 0xe0) == 0x80;
    const bool is_control =
        byte < 0x20 || byte == 0x7f || is_c1_begin || is_c1_end;
    is_c1_end = is_c1_begin;
    if (!is_control)
      put(text[i]);
    else if (byte == '\n')
      put("\\n");
    else if (byte == '\t')
      put("\\t");
    else {
      put("\\x");
      put(digits[byte >> 4]);
      put(digits[byte & 15]);
    }
  }
}

void put_number(TextBuffer &out, uint64_t number, size_t width, char fill) {
  const Digits digits(number, 10, false);
  out.repeat(fill, width - std::min(width, digits.text().size()));
  out.put(digits.text());
}

} // namespace trace
