/// Recording, as the code behind an enabled site sees it: reserve room, store
/// the fields, commit; and call probes. All are async-signal-safe, throw
/// nothing, keep errno and are no cancellation point. layout.h says what they
/// take.
///
/// A record lives in a slot of a fixed pool while its event runs. Slots are
/// claimed atomically, so an event in a signal handler that interrupted
/// another takes one of its own. An event that finds none free is lost, and
/// counted.
#ifndef TRACE_RUNTIME_RECORD_H
#define TRACE_RUNTIME_RECORD_H

#include <trace/layout.h>

#include <cstddef>
#include <cstdint>

namespace trace {

trace_reserve_fn record_reserve;
trace_commit_fn record_commit;
trace_enter_probes_fn record_enter_probes;
trace_leave_probes_fn record_leave_probes;
trace_numbers_fn record_numbers;

/// Whether this thread is inside an event, so in a probe.
bool record_is_running();

/// Waits until each probe call that runs now has returned.
void record_wait_for_probes();

/// In a fork's child: frees the slots of the threads that it doesn't have.
void record_after_fork();

struct RecordsLost {
  uint64_t no_slot;   ///< too many events ran at once
  uint64_t too_large; ///< the payload exceeds a slot
  uint64_t output;    ///< the output could not be written
};
RecordsLost records_lost();

inline constexpr size_t record_slots = 64;
inline constexpr size_t record_payload_bytes_max = 8192;
inline constexpr size_t record_line_bytes_max = 8192;

} // namespace trace

#endif
