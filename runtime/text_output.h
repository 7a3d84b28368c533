/// Records as lines of text, as ftrace prints them, to standard error or a
/// file.
#ifndef TRACE_RUNTIME_TEXT_OUTPUT_H
#define TRACE_RUNTIME_TEXT_OUTPUT_H

#include <trace/layout.h>

#include <cstdint>
#include <span>

namespace trace {

/// Opens the output, once, when tracing begins: the file at `path`, or standard
/// error if that is null or empty. Under the lock. 0 or -errno.
int text_output_open(const char *path);

/// Writes the record's line. `line`: room of record_line_bytes_max.
/// Async-signal-safe; no cancellation point. False: not written.
bool text_output_write(const trace_event &event,
                       std::span<const uint8_t> payload, char *line);

} // namespace trace

#endif
