/// Text in a fixed buffer. Async-signal-safe.
#ifndef TRACE_RUNTIME_TEXT_BUFFER_H
#define TRACE_RUNTIME_TEXT_BUFFER_H

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace trace {

/// Digits of a number, without sign or prefix.
class Digits {
public:
  Digits(uint64_t number, unsigned base, bool upper);
  std::string_view text() const {
    return {bytes_ + sizeof bytes_ - size_, size_};
  }

private:
  char bytes_[24]; // 64 bits are 22 octal digits
  size_t size_;
};

/// Text of bounded size; what doesn't fit is left out.
class TextBuffer {
public:
  TextBuffer(char *bytes, size_t capacity)
      : bytes_(bytes), capacity_(capacity) {}

  void put(char c);
  void put(std::string_view text);
  void repeat(char c, size_t count);
  /// Control characters, C1 too, as \n, \t, \xNN, so that a record stays one
  /// line.
  void put_escaped(std::string_view text);

  std::string_view text() const { return {bytes_, size_}; }
  bool is_cut() const { return cut_; }

private:
  char *bytes_;
  size_t capacity_;
  size_t size_ = 0;
  bool cut_ = false;
};

/// Decimal, right-aligned in `width` with `fill`.
void put_number(TextBuffer &out, uint64_t number, size_t width, char fill);

} // namespace trace

#endif
