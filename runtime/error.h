/// What went wrong: the text behind trace_error(), and warnings.
#ifndef TRACE_RUNTIME_ERROR_H
#define TRACE_RUNTIME_ERROR_H

namespace trace {

/// Sets the thread's error text and returns -number. May allocate.
[[gnu::format(printf, 2, 3), nodiscard]] int fail(int number,
                                                  const char *format, ...);

/// fail(ENOMEM) with its text.
[[nodiscard]] int fail_no_memory();

/// The text of the thread's last fail(); "" at first.
const char *error_text();

/// "tracepoint: TEXT" on standard error, in one write.
[[gnu::format(printf, 1, 2)]] void warn(const char *format, ...);

} // namespace trace

#endif
