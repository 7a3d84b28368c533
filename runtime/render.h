/// A record's payload as text: the event's printf format over its fields, or
/// name=value pairs where the event has none. Independent of the process, so
/// that `tracepoint` prints the same. Reads nothing outside the payload and a
/// well-formed descriptor (event_defect), whatever they hold.
///
/// Async-signal-safe, with one exception: floating-point fields are printed by
/// snprintf, which POSIX does not list; with the bounded widths used here
/// glibc and musl allocate nothing for it.
#ifndef TRACE_RUNTIME_RENDER_H
#define TRACE_RUNTIME_RENDER_H

#include "text_buffer.h"

#include <trace/layout.h>

#include <cstdint>
#include <span>

namespace trace {

/// The message. A field of which the payload has no bytes prints as
/// "<missing>". A newline at the format's end is dropped.
void render(const trace_event &event, std::span<const uint8_t> payload,
            TextBuffer &out);

} // namespace trace

#endif
