/// A part of a text, cut to what is there. Unlike std::string_view::substr it
/// has no exception to throw, which would need the C++ library.
#ifndef TRACE_RUNTIME_SLICE_H
#define TRACE_RUNTIME_SLICE_H

#include <algorithm>
#include <string_view>

namespace trace {

inline std::string_view slice(std::string_view text, size_t begin,
                              size_t count = std::string_view::npos) {
  begin = std::min(begin, text.size());
  return {text.data() + begin, std::min(count, text.size() - begin)};
}

} // namespace trace

#endif
