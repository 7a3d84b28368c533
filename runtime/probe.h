/// Probes: callbacks on events, of two kinds. One takes the payload of any
/// event that a pattern names; the other takes the arguments of one event, and
/// is called by the code behind its sites (layout.h, trace_probe).
///
/// Registering and unregistering happen under the lock and publish a whole new
/// ProbeSet; events read the published set without a lock. The set stays until
/// no event reads it, which is told by a hazard pointer per running event
/// (M. Michael, "Hazard Pointers", IEEE TPDS 15(6), 2004):
///
///   event                                unregister
///   reading = published                  published = new set
///   again if published changed           wait for each event's `reading`, as
///   call the set's probes                  seen now, to change or be null
///   reading = null                       free the old sets
///
/// All of these are sequentially consistent. So either unregister sees the
/// event's `reading` and waits, or the event sees the new set: after the wait
/// no call into the old one runs or begins.
#ifndef TRACE_RUNTIME_PROBE_H
#define TRACE_RUNTIME_PROBE_H

#include "array.h"
#include "image.h"

#include "api.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

namespace trace {

struct Registration {
  /// The events: those that the pattern names; or, where there is none, those
  /// declared as `event` is. Either is owned by whoever owns the registrations.
  char *pattern;
  trace_event *event;
  trace_any_fn *fn; ///< trace_probe_fn, or void(void *, PARAMETERS...)
  void *data;

  bool takes_arguments() const { return event != nullptr; }
  bool wants(const trace_event &other) const;
};

struct ProbeSet;

/// The set for the images and registrations; null: no memory.
ProbeSet *probe_set_make(const Images &images,
                         std::span<const Registration> registrations);

/// Makes `set` the one that events read, and retires the one that it replaces.
void probe_set_publish(ProbeSet *set);

/// The retired sets, which the caller now owns, and must free only after
/// record_wait_for_probes(). Null: none.
ProbeSet *probe_sets_retired();
void probe_sets_free(ProbeSet *sets);

/// Calls the event's probes that take a payload. Async-signal-safe; `reading`
/// is the running event's own.
void probes_call(std::atomic<const ProbeSet *> &reading,
                 const trace_event &event, std::span<const uint8_t> payload);

/// The event's probes that take its arguments, which stay until probes_leave.
/// Null: it has none, and nothing is to be left. Async-signal-safe.
const trace_probe *probes_enter(std::atomic<const ProbeSet *> &reading,
                                const trace_event &event);
void probes_leave(std::atomic<const ProbeSet *> &reading);

} // namespace trace

#endif
