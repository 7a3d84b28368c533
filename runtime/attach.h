/// The library's side of `tracepoint ... -p PID` (trace/attach.h,
/// docs/attach.md): a block of data that a tool outside reads and writes.
#ifndef TRACE_RUNTIME_ATTACH_H
#define TRACE_RUNTIME_ATTACH_H

#include "filters.h"
#include "rules.h"

#include <trace/attach.h>

#include <cstdint>
#include <string_view>

namespace trace {

/// Before main: from then on a tool can switch events.
void attach_prepare();

/// The library's half of the lock between it and tools. Waits for a tool, for
/// a second at most; false: it is still there.
bool attach_enter();
void attach_leave();
void attach_after_fork();

/// What tools have switched becomes a part of the rules, and their recording
/// the process's. Under the lock.
void attach_adopt(Rules &rules, Rules &snapshots);

/// The condition under which a tool wants the event; null: none. The caller is
/// an AttachUser. Async-signal-safe.
const Filter *attach_filter_of(const trace_event &event, FilterUse use);

/// The library decides about the event anew. Under the lock.
void attach_forget_filter(const trace_event &event, FilterUse use);

/// The recording that a tool wants now; 0: none. Async-signal-safe, as is the
/// rest.
uint32_t attach_session();
/// The last number of one, over or not.
uint32_t attach_sessions();
/// The process that shall record: its pid, and its directory.
uint32_t attach_pid();
const char *attach_directory();

/// The process that libc's fork has made, if it is one; else 0.
uint32_t attach_forked();

/// A fork's child records as if the tool had begun that in it. False: the
/// directory's name is too long.
bool attach_follow(std::string_view directory, uint32_t pid);

/// Tells tools what the process does: that it could not begin; where it records
/// by itself.
void attach_report(int error);
void attach_publish(const char *recording);

/// While one exists, this thread uses the files of a recording. Then
/// attach_session() tells whether it still may.
class AttachUser {
public:
  AttachUser();
  ~AttachUser();
  AttachUser(const AttachUser &) = delete;
  AttachUser &operator=(const AttachUser &) = delete;
};

} // namespace trace

#endif
