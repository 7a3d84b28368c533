/// What stands in front of an event's message, as ftrace prints it. Independent
/// of the process: `tracepoint view` prints the same.
#ifndef TRACE_RUNTIME_LINE_HEAD_H
#define TRACE_RUNTIME_LINE_HEAD_H

#include <cstdint>
#include <string_view>

namespace trace {

struct LineHead {
  std::string_view comm;
  int tid;
  unsigned cpu;
  uint64_t nanoseconds; ///< CLOCK_MONOTONIC
};

class TextBuffer;

/// "            comm-tid     [cpu] .....   sec.usec: name: ".
void put_line_head(TextBuffer &out, const LineHead &head,
                   std::string_view name);

} // namespace trace

#endif
