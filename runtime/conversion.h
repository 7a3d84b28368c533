/// A printf conversion specification, as text: %[n$][flags][width][.precision]
/// [length]type (ISO C 7.23.6.1, and POSIX for n$).
#ifndef TRACE_RUNTIME_CONVERSION_H
#define TRACE_RUNTIME_CONVERSION_H

#include <cstdint>

namespace trace {

/// A width or precision.
struct Extent {
  enum Source : uint8_t { none, number, argument };
  Source source = none;
  unsigned value = 0; ///< the number; or the argument's place, 0: the next
};

struct Conversion {
  bool left = false, plus = false, space = false, alternate = false,
       zero = false;
  unsigned place = 0; ///< of the argument, counted from 1; 0: the next
  Extent width = {}, precision = {};
  uint8_t length = 0; ///< 'H' for hh; else the first letter of the modifier
  char type = 0;      ///< d, u, s, ... and % for %%
};

/// Widths and precisions above this are cut to it.
inline constexpr unsigned extent_max = 400;

/// Reads the specification at `text`, which points to its %. Returns what
/// follows it, or null if it isn't one.
const char *conversion_parse(const char *text, Conversion &conversion);

} // namespace trace

#endif
