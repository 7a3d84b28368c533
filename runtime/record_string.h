/// The strings of the library's way to record; layout.h says what they look
/// like. Async-signal-safe.
#ifndef TRACE_RUNTIME_RECORD_STRING_H
#define TRACE_RUNTIME_RECORD_STRING_H

#include <trace/layout.h>

namespace trace {

trace_string_bytes_fn record_string_bytes;
trace_store_string_fn record_store_string;
trace_store_sized_fn record_store_sized;

/// From now on a string may have any address: it is read by the kernel, at some
/// 500 times the price.
void record_strings_safely();

} // namespace trace

#endif
