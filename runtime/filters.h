/// The filters of this process's events: which records are let through, and
/// which make a snapshot.
#ifndef TRACE_RUNTIME_FILTERS_H
#define TRACE_RUNTIME_FILTERS_H

#include "filter.h"

namespace trace {

enum class FilterUse { record, snapshot };
inline constexpr size_t filter_uses = 2;

/// The filter that `condition` is for the event, compiled. The same for the
/// same text, and there to the process's end, because a thread may be about to
/// use it. Under the lock. Null, with the text of fail(): the condition is
/// wrong, or there is no memory.
const Filter *filter_make(std::string_view condition, const trace_event &event);

/// Makes it the event's; null: it has none. Returns what it was. Under the
/// lock. There must be room (filters_reserve).
const Filter *filter_set(const trace_event &event, FilterUse use,
                         const Filter *filter);

/// Room for those of so many more events. Under the lock. False: no memory.
[[nodiscard]] bool filters_reserve(size_t more);

/// The event's filter, or null. Async-signal-safe.
const Filter *filter_of(const trace_event &event, FilterUse use);

} // namespace trace

#endif
