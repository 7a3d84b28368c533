#include "line_head.h"

#include "text_buffer.h"

#include <algorithm>

namespace trace {

constexpr uint64_t nanoseconds_per_second = 1'000'000'000;

void put_line_head(TextBuffer &out, const LineHead &head,
                   std::string_view name) {
  constexpr size_t comm_width = 16, tid_width = 7;
  // Linux's trace_print_context(): "%16s-%-7d [%03d] %s %5lu.%06lu: "; the
  // flags are those of the kernel's context and stay dots here.
  out.repeat(' ', comm_width - std::min(comm_width, head.comm.size()));
  out.put_escaped(head.comm);
  out.put('-');
  const Digits tid(static_cast<uint64_t>(head.tid), 10, false);
  out.put(tid.text());
  out.repeat(' ', tid_width - std::min(tid_width, tid.text().size()));
  out.put(" [");
  put_number(out, head.cpu, 3, '0');
  out.put("] ..... ");
  put_number(out, head.nanoseconds / nanoseconds_per_second, 5, ' ');
  out.put('.');
  put_number(out, head.nanoseconds % nanoseconds_per_second / 1000, 6, '0');
  out.put(": ");
  out.put_escaped(name);
  out.put(": ");
}

} // namespace trace
