#include "event.h"

#include "descriptor.h"
#include "error.h"
#include "key.h"
#include "output.h"
#include "pattern.h"
#include "recording/recording.h"

namespace trace {
namespace {

struct WantedChange {
  trace_key *key;
  uint32_t from, to; ///< with the event's id

  bool is_wanted_before() const { return from & TRACE_WANTED_MASK; }
  bool is_wanted_after() const { return to & TRACE_WANTED_MASK; }
};

uint32_t wanted_of(const trace_event &event, const Wishes &wishes) {
  const std::string_view system = event_system(event), name = event_name(event);
  uint32_t wanted = 0;
  if (wishes.rules.wants(system, name))
    wanted |= output_wanted();
  for (const Registration &registration : wishes.probes)
    if (pattern_matches(registration.pattern, system, name))
      wanted |= TRACE_WANTED_PROBE;
  return wanted;
}

bool collect(std::span<Image *const> images, const Wishes &wishes,
             Array<WantedChange> &changes) {
  for (const Image *image : images) {
    if (!image->usable())
      continue;
    for (const trace_event &event : image->events) {
      trace_key *key = event_key(event);
      const uint32_t from = key_wanted(*key);
      uint32_t to = wanted_of(event, wishes);
      if (to & TRACE_WANTED_RECORD) {
        const uint32_t id = recording_id_of(event);
        if (id == 0)
          return false;
        to |= id << TRACE_WANTED_BITS;
      }
      if (from != to && !changes.push({key, from, to}))
        return false;
    }
  }
  return true;
}

bool key_changes_of(std::span<const WantedChange> changes,
                    Array<KeyChange> &keys) {
  for (const WantedChange &change : changes) {
    const int delta = change.is_wanted_after() - change.is_wanted_before();
    if (delta != 0 && !keys.push({change.key, delta}))
      return false;
  }
  return true;
}

void store_wanted(trace_key &key, uint32_t wanted) {
  __atomic_store_n(&key.wanted, wanted, __ATOMIC_RELEASE);
}

} // namespace

int events_count(std::span<Image *const> images, std::string_view pattern) {
  int count = 0;
  for (const Image *image : images) {
    if (!image->usable())
      continue;
    for (const trace_event &event : image->events)
      count += pattern_matches(pattern, event_system(event), event_name(event));
  }
  return count;
}

int events_reconcile(const Images &all, std::span<Image *const> images,
                     const Wishes &wishes) {
  Array<WantedChange> changes;
  Array<KeyChange> keys;
  if (!collect(images, wishes, changes) || !key_changes_of(changes, keys))
    return fail_no_memory();
  if (const int error = recording_write_events())
    return error;

  // What is wanted is said before the first site is on, and taken back after
  // the last is off, so that no event that reaches the recorder is dropped.
  for (const WantedChange &change : changes)
    store_wanted(*change.key, change.from | change.to);
  const int error = keys_change(all, keys);
  for (const WantedChange &change : changes)
    store_wanted(*change.key, error ? change.from : change.to);
  return error;
}

} // namespace trace
