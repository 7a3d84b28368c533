/// The CTF 1.8 metadata (TSDL) of a process's trace. Pure: descriptors in, text
/// out. Of CTF 1.8, "C.1 Formal Grammar" and what babeltrace2 2.0.4 reads of
/// it.
#ifndef TRACE_RUNTIME_RECORDING_METADATA_H
#define TRACE_RUNTIME_RECORDING_METADATA_H

#include "../array.h"
#include "../text_buffer.h"

#include <trace/recording.h>

#include <string_view>

namespace trace {

/// All but the events; the same for all processes of a session but for uuid and
/// names. Async-signal-safe.
void put_metadata_head(TextBuffer &out, const trace_session &session,
                       const trace_process &process, std::string_view host);

/// Room that put_metadata_head needs at most.
inline constexpr size_t metadata_head_bytes_max = 8192;

/// One event class. False: no memory.
[[nodiscard]] bool put_metadata_event(Array<char> &out,
                                      const trace_event &event, uint32_t id);

} // namespace trace

#endif
