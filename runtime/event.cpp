#include "event.h"

#include "attach.h"
#include "descriptor.h"
#include "error.h"
#include "filters.h"
#include "kept_array.h"
#include "key.h"
#include "output.h"
#include "pattern.h"
#include "recording/recording.h"

#include <algorithm>
#include <cerrno>

namespace trace {
namespace {

/// Appends the image's events that one part of a pattern names; some may be
/// there twice.
bool select_part(Image &image, std::string_view part, size_t place,
                 Array<EventInImage> &selected) {
  bool enough_memory = true;
  const std::string_view condition = pattern_condition(part);
  const auto take = [&](const trace_event &event) {
    if (pattern_matches(part, event_system(event), event_name(event)))
      enough_memory &= selected.push({&image, &event, condition, place});
  };
  const PatternKey key = pattern_key(pattern_glob(part));
  if (key.name.empty() && key.system.empty()) {
    for (const trace_event &event : image.events)
      take(event);
    return enough_memory;
  }
  EventIndex *index = image.event_index();
  if (!index)
    return false;
  if (!key.name.empty())
    index->named(key.name, take);
  if (key.name.empty() || key.either)
    index->of(key.system, take);
  return enough_memory;
}

/// The last that names an event stays.
void leave_out_doubles(Array<EventInImage> &events) {
  const auto before = [](const EventInImage &a, const EventInImage &b) {
    return a.event != b.event ? a.event < b.event : a.place > b.place;
  };
  if (!std::is_sorted(events.begin(), events.end(), before))
    std::sort(events.begin(), events.end(), before);
  const auto *last =
      std::unique(events.begin(), events.end(),
                  [](const EventInImage &a, const EventInImage &b) {
                    return a.event == b.event;
                  });
  events.shrink(static_cast<size_t>(last - events.begin()));
}

/// Who shall want an event (TRACE_WANTED_...), and under which conditions.
struct Wanted {
  uint32_t bits = 0;
  uint32_t kept = 0; ///< more bits, under the conditions that they have now
  std::string_view conditions[filter_uses] = {}; ///< empty: always

  std::string_view &condition(FilterUse use) {
    return conditions[static_cast<size_t>(use)];
  }
};

struct UseOfFilter {
  FilterUse use;
  uint32_t bits; ///< that it decides about
};
constexpr UseOfFilter uses[filter_uses] = {
    {FilterUse::record, TRACE_WANTED_MASK & ~TRACE_WANTED_OWN},
    {FilterUse::snapshot, TRACE_WANTED_SNAPSHOT}};

struct WantedChange {
  trace_key *key;
  Image *image;
  uint32_t from, to; ///< with the event's id
  const trace_event *event;
  const Filter *filters[filter_uses]; ///< null: none

  bool is_wanted_before() const { return from & TRACE_WANTED_MASK; }
  bool is_wanted_after() const { return to & TRACE_WANTED_MASK; }
};

void store_wanted(trace_key &key, uint32_t wanted) {
  __atomic_store_n(&key.wanted, wanted, __ATOMIC_RELEASE);
}

bool same_filters(const WantedChange &change) {
  for (const auto [use, bits] : uses)
    if ((change.to & bits) && filter_of(*change.event, use) !=
                                  change.filters[static_cast<size_t>(use)])
      return false;
  return true;
}

/// Adds the change that makes the event wanted so, if it is one. 0 or -errno:
/// no memory, no id left, or -EINVAL: a condition is wrong, the one of `wrong`.
int add_change(Array<WantedChange> &changes, const EventInImage &event,
               Wanted wanted, FilterUse &wrong) {
  trace_key *key = event_key(*event.event);
  WantedChange change = {
      key,         event.image, key_wanted(*key), wanted.bits | wanted.kept,
      event.event, {}};
  if (wanted.bits & TRACE_WANTED_RECORD) {
    const uint32_t id = recording_id_of(*event.event);
    if (id == 0)
      return fail_no_memory();
    change.to |= id << TRACE_WANTED_BITS;
  }
  for (const auto [use, bits] : uses) {
    const Filter *&filter = change.filters[static_cast<size_t>(use)];
    if (wanted.kept & bits)
      filter = filter_of(*event.event, use);
    const std::string_view condition = wanted.condition(use);
    if (condition.empty() || !(wanted.bits & bits))
      continue;
    wrong = use;
    filter = filter_make(condition, *event.event);
    if (!filter)
      return -EINVAL;
    if (use == FilterUse::record)
      change.to |= TRACE_WANTED_FILTER;
  }
  if (change.from == change.to && same_filters(change))
    return 0;
  return changes.push(change) ? 0 : fail_no_memory();
}

/// Exchanges the event's filters and those of the change.
void exchange_filters(WantedChange &change) {
  for (const auto [use, bits] : uses)
    if (change.to & bits) {
      const Filter *&filter = change.filters[static_cast<size_t>(use)];
      filter = filter_set(*change.event, use, filter);
      attach_forget_filter(*change.event, use);
    }
}

int apply(const Images &all, std::span<WantedChange> changes) {
  Array<KeyChange> &keys = kept_array<KeyChange>();
  for (const WantedChange &change : changes) {
    const int delta = change.is_wanted_after() - change.is_wanted_before();
    if (delta != 0 && !keys.push({change.key, delta, change.image}))
      return fail_no_memory();
  }
  size_t filter_count = 0;
  for (const WantedChange &change : changes)
    filter_count += !same_filters(change);
  if (!filters_reserve(filter_count))
    return fail_no_memory();
  if (const int error = recording_write_events())
    return error;
  // What is wanted is said before the first site is on, and taken back after
  // the last is off, so that no event that reaches the recorder is dropped.
  for (WantedChange &change : changes) {
    exchange_filters(change);
    store_wanted(*change.key, change.from | change.to);
  }
  const int error = keys_change(all, keys);
  for (WantedChange &change : changes) {
    if (error)
      exchange_filters(change);
    store_wanted(*change.key, error ? change.from : change.to);
  }
  return error;
}

Wanted wanted_of(const trace_event &event, const Wishes &wishes) {
  const std::string_view system = event_system(event), name = event_name(event);
  Wanted wanted;
  wanted.condition(FilterUse::record) = wishes.rules.condition(system, name);
  wanted.condition(FilterUse::snapshot) =
      wishes.snapshots.condition(system, name);
  if (wishes.rules.wants(system, name))
    wanted.bits |= output_wanted();
  if (wishes.snapshots.wants(system, name))
    wanted.bits |= TRACE_WANTED_SNAPSHOT;
  for (const Registration &registration : wishes.probes)
    if (registration.wants(event))
      wanted.bits |= registration.takes_arguments() ? TRACE_WANTED_CALL
                                                    : TRACE_WANTED_PROBE;
  return wanted;
}

/// Without what has a wrong condition, of which it warns: the others need not
/// suffer.
int add_wished(Array<WantedChange> &changes, const EventInImage &each,
               Wanted wanted) {
  const trace_event &event = *each.event;
  FilterUse wrong = FilterUse::record;
  int error;
  while ((error = add_change(changes, each, wanted, wrong)) == -EINVAL) {
    warn("%s: %s:%s %s: %s", each.image->name, event_system(event),
         event_name(event),
         wrong == FilterUse::record ? "stays off" : "makes no snapshot",
         error_text());
    wanted.bits &= ~uses[static_cast<size_t>(wrong)].bits;
  }
  return error;
}

} // namespace

bool events_select(const Images &images, std::string_view pattern,
                   Array<EventInImage> &selected) {
  size_t place = 0;
  for (std::string_view part = pattern_next(pattern); !part.empty();
       part = pattern_next(pattern), ++place)
    for (Image *image : images.all())
      if (image->usable() && !select_part(*image, part, place, selected))
        return false;
  leave_out_doubles(selected);
  return true;
}

bool events_select(const Images &images, const Registration &registration,
                   Array<EventInImage> &selected) {
  if (!registration.takes_arguments())
    return events_select(images, registration.pattern, selected);
  bool enough_memory = true;
  for (Image *image : images.all()) {
    EventIndex *index = image->usable() ? image->event_index() : nullptr;
    if (!index && image->usable())
      return false;
    if (index)
      index->named(event_name(*registration.event),
                   [&](const trace_event &event) {
                     if (registration.wants(event))
                       enough_memory &= selected.push({image, &event});
                   });
  }
  return enough_memory;
}

int events_record(const Images &all, std::span<const EventInImage> events,
                  bool on) {
  const uint32_t purpose = on ? output_wanted() : 0;
  Array<WantedChange> &changes = kept_array<WantedChange>();
  for (const EventInImage &event : events) {
    const uint32_t own =
        key_wanted(*event_key(*event.event)) & TRACE_WANTED_OWN;
    FilterUse wrong = FilterUse::record;
    if (const int error = add_change(changes, event,
                                     {purpose, own, {event.condition}}, wrong))
      return error;
  }
  return apply(all, {changes.begin(), changes.size()});
}

int events_reconcile(const Images &all, std::span<const EventInImage> events,
                     const Wishes &wishes) {
  Array<WantedChange> &changes = kept_array<WantedChange>();
  for (const EventInImage &each : events)
    if (const int error =
            add_wished(changes, each, wanted_of(*each.event, wishes)))
      return error;
  return apply(all, {changes.begin(), changes.size()});
}

bool events_of(Image &image, Array<EventInImage> &events) {
  for (const trace_event &event : image.events)
    if (!events.push({&image, &event}))
      return false;
  return true;
}

} // namespace trace
