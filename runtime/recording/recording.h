/// Recording into a directory (docs/recording.md). One a process, until its
/// end.
#ifndef TRACE_RUNTIME_RECORDING_RECORDING_H
#define TRACE_RUNTIME_RECORDING_RECORDING_H

#include <trace/recording.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace trace {

/// Begins to record into `directory`, once. A process that then has no event to
/// record leaves nothing there. Under the lock. 0 or -errno, with the text of
/// fail().
int recording_open(const char *directory);
bool recording_is_open();

/// Begins what a tool wants from outside, if it is not begun, and knows the
/// events that the tool has given ids. Under the lock.
void recording_adopt();

/// Whether programs that this process executes shall be recorded, too.
bool recording_follows_children();

/// What an event's `wanted` says while it is recorded (TRACE_WANTED_...).
uint32_t recording_wanted();

/// The id under which the event is recorded. Under the lock. 0: no memory, or
/// no id left.
uint32_t recording_id_of(const trace_event &event);

/// Writes what readers need of the events that have ids now. Before one of them
/// is recorded. Under the lock. 0 or -errno, with the text of fail().
int recording_write_events();

/// Room for the payload of a record; null: lost, and counted.
/// Async-signal-safe, as is the rest down to recording_lost.
void *recording_reserve(uint32_t id, size_t bytes);

/// Whether recording_reserve returned `payload`, and its record is complete.
void recording_commit(void *payload);

/// A whole record. False: lost, and counted.
bool recording_write(uint32_t id, std::span<const uint8_t> payload);

void recording_lost(trace_lost cause, uint64_t records);
void recording_filtered();

/// Writes out what is committed. 0 or -errno. Async-signal-safe.
int recording_snapshot();

/// -errno of the last that failed since the process began.
int recording_snapshot_error();

/// The same at the end of the process; cuts the files, too.
void recording_end();

/// Says that the directory can't be written: fail().
int recording_fail(int error);

/// How many records this process lost so far, by cause.
uint64_t recording_lost_count(trace_lost cause);

/// For the image record: from the thread pointer to the calling thread's
/// trace_ring pointer and processor number. 0: this machine's code behind a
/// site can't use them, and takes the library's way.
int32_t recording_ring_offset();
int32_t recording_cpu_offset();

} // namespace trace

#endif
