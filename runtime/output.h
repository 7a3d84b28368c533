/// Where records go: into a recording if TRACE_OUTPUT names a directory, else,
/// as lines of text, to the file that it names or to standard error.
#ifndef TRACE_RUNTIME_OUTPUT_H
#define TRACE_RUNTIME_OUTPUT_H

#include <cstdint>

namespace trace {

/// Opens the output, once, when tracing begins. Under the lock. 0 or -errno.
int output_open();

/// What an event's `wanted` says while it is enabled (TRACE_WANTED_...).
uint32_t output_wanted();

} // namespace trace

#endif
