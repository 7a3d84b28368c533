/// The functions of point.h.
#include "check.h"
#include "descriptor.h"
#include "error.h"
#include "event.h"
#include "kept_array.h"
#include "key.h"
#include "output.h"
#include "record.h"
#include "recording/recording.h"
#include "state.h"

#include "api.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

using namespace trace;

namespace {

int record(const char *pattern, bool on) {
  if (const int error =
          on ? check_conditional(pattern) : check_unconditional(pattern))
    return error;
  CurrentState now;
  if (now.error())
    return now.error();
  if (on)
    if (const int error = output_open())
      return error;

  // Only what the pattern names can change, and there the newest rule decides.
  Array<EventInImage> &selected = kept_array<EventInImage>();
  Rule rule = {strdup(pattern), on};
  if (!rule.pattern || !now->rules.reserve() ||
      !events_select(now->images, pattern, selected)) {
    free(rule.pattern);
    return fail_no_memory();
  }
  if (const int error = events_record(now->images, selected, on)) {
    free(rule.pattern);
    return error;
  }
  now->rules.add(rule);
  return static_cast<int>(selected.size());
}

int change_key(trace_key *key, int delta) {
  if (!key || reinterpret_cast<uintptr_t>(key) % alignof(int32_t) != 0)
    return fail(EINVAL, "not a key: %p", static_cast<void *>(key));
  CurrentState now;
  if (now.error())
    return now.error();
  const KeyChange change = {key, delta};
  return keys_change(now->images, {&change, 1});
}

int describe(const Image &image, const SiteTable &table,
             Array<trace_event_info> &events) {
  for (const trace_event &event : image.events) {
    const trace_key *key = event_key(event);
    const trace_event_info info = {
        &event,
        event_system(event),
        event_name(event),
        event_text(event, event.format_at),
        event_text(event, event.file_at),
        event.line,
        static_cast<unsigned>(table.sites_of(key).size()),
        key_enabled(*key) > 0};
    if (!events.push(info))
      return fail_no_memory();
  }
  return 0;
}

int describe_all(Array<trace_event_info> &events) {
  CurrentState now;
  if (now.error())
    return now.error();
  for (Image *image : now->images.all()) {
    if (!image->usable())
      continue;
    const SiteTable *table = image->table();
    if (!table)
      return fail_no_memory();
    if (const int error = describe(*image, *table, events))
      return error;
  }
  return 0;
}

bool is_same(const Registration &a, const Registration &b) {
  if (a.fn != b.fn || a.data != b.data ||
      a.takes_arguments() != b.takes_arguments())
    return false;
  return a.takes_arguments() ? event_declared_alike(*a.event, *b.event)
                             : strcmp(a.pattern, b.pattern) == 0;
}

/// Where the registration is; the number of registrations if it isn't.
size_t find(std::span<const Registration> probes, const Registration &wanted) {
  size_t i = 0;
  while (i < probes.size() && !is_same(probes[i], wanted))
    ++i;
  return i;
}

int check_probe(const Registration &probe) {
  if (!probe.event)
    if (const int error = check_unconditional(probe.pattern))
      return error;
  if (!probe.fn)
    return fail(EINVAL, "no probe function");
  if (record_is_running())
    return fail(EDEADLK, "called from a probe, which would wait for itself");
  return 0;
}

/// For messages.
const char *event_of(const Registration &probe) {
  return probe.event ? event_name(*probe.event) : probe.pattern;
}

/// `probe` with what it refers to copied: the image that registers it may go.
bool copy(const Registration &from, Registration &to) {
  to = from;
  if (from.event) {
    to.event = static_cast<trace_event *>(malloc(from.event->size));
    if (to.event)
      memcpy(static_cast<void *>(to.event), from.event, from.event->size);
    return to.event != nullptr;
  }
  to.pattern = strdup(from.pattern);
  return to.pattern != nullptr;
}

void release(const Registration &probe) {
  free(probe.event);
  free(probe.pattern);
}

bool copy(const Array<Registration> &from, Array<Registration> &to) {
  for (const Registration &registration : from)
    if (!to.push(registration))
      return false;
  return true;
}

/// Brings the keys of what `changed` wants and the probe set in line with
/// `probes`, then makes these the state's. The number of events, or -errno. A
/// probe goes even where code can't be changed back, as in a process that has
/// dropped its rights: it is called no more, though its sites stay on.
int adopt_probes(State &now, const Registration &changed,
                 Array<Registration> &probes) {
  const bool goes = probes.size() < now.probes.size();
  Array<EventInImage> events;
  ProbeSet *set = events_select(now.images, changed, events)
                      ? probe_set_make(now.images, probes)
                      : nullptr;
  if (!set)
    return fail_no_memory();
  const int error =
      events_reconcile(now.images, events, {now.rules, now.snapshots, probes});
  if (error && !goes) {
    probe_sets_free(set);
    return error;
  }
  probe_set_publish(set);
  now.probes.swap(probes);
  return static_cast<int>(events.size());
}

int register_probe(const Registration &probe) {
  CurrentState now;
  if (now.error())
    return now.error();
  if (find(now->probes, probe) < now->probes.size())
    return fail(EEXIST, "this probe is registered for '%s' with this data",
                event_of(probe));
  Registration added = {};
  Array<Registration> probes;
  if (!copy(probe, added) || !copy(now->probes, probes) ||
      !probes.push(added)) {
    release(added);
    return fail_no_memory();
  }
  const int count = adopt_probes(*now, added, probes);
  if (count < 0)
    release(added);
  return count;
}

/// `retired`: to be freed once no event uses them.
int unregister_probe(const Registration &probe, ProbeSet *&retired) {
  CurrentState now;
  if (now.error())
    return now.error();
  const size_t index = find(now->probes, probe);
  if (index == now->probes.size())
    return fail(ENOENT, "this probe is not registered for '%s' with this data",
                event_of(probe));
  const Registration removed = now->probes[index];
  Array<Registration> probes;
  if (!copy(now->probes, probes))
    return fail_no_memory();
  probes.erase(index);
  const int count = adopt_probes(*now, removed, probes);
  if (count < 0)
    return count;
  retired = probe_sets_retired();
  release(removed);
  return count;
}

int add_probe(const Registration &probe) {
  if (const int error = check_probe(probe))
    return error;
  return register_probe(probe);
}

int remove_probe(const Registration &probe) {
  if (const int error = check_probe(probe))
    return error;
  ProbeSet *retired = nullptr;
  const int count = unregister_probe(probe, retired);
  // Without the lock: a probe that is waited for may enable and disable. With
  // no retired set another thread may still be waiting, so this one does too.
  if (count >= 0)
    record_wait_for_probes();
  probe_sets_free(retired);
  return count;
}

/// A registration by pattern, or by event.
Registration registration(const char *pattern, const trace_event *event,
                          trace_any_fn *fn, void *data) {
  return {const_cast<char *>(pattern), const_cast<trace_event *>(event), fn,
          data};
}

} // namespace

int trace_enable(const char *pattern) noexcept { return record(pattern, true); }

int trace_disable(const char *pattern) noexcept {
  return record(pattern, false);
}

int trace_key_enable(trace_key *key) noexcept { return change_key(key, +1); }

int trace_key_disable(trace_key *key) noexcept { return change_key(key, -1); }

// Calls `fn` without the lock, so that it may enable and disable.
int trace_for_each_event(trace_event_fn *fn, void *data) noexcept {
  if (!fn)
    return fail(EINVAL, "no function to call");
  Array<trace_event_info> events;
  if (const int error = describe_all(events))
    return error;
  for (const trace_event_info &event : events)
    if (const int result = fn(&event, data))
      return result;
  return 0;
}

int trace_probe_register(const char *pattern, trace_probe_fn *fn,
                         void *data) noexcept {
  return add_probe(registration(pattern, nullptr,
                                reinterpret_cast<trace_any_fn *>(fn), data));
}

int trace_probe_unregister(const char *pattern, trace_probe_fn *fn,
                           void *data) noexcept {
  return remove_probe(registration(pattern, nullptr,
                                   reinterpret_cast<trace_any_fn *>(fn), data));
}

int trace_event_attach(const trace_event *event, trace_any_fn *fn,
                       void *data) noexcept {
  if (!event)
    return fail(EINVAL, "no event");
  return add_probe(registration(nullptr, event, fn, data));
}

int trace_event_detach(const trace_event *event, trace_any_fn *fn,
                       void *data) noexcept {
  if (!event)
    return fail(EINVAL, "no event");
  return remove_probe(registration(nullptr, event, fn, data));
}

int trace_snapshot() noexcept {
  const Lock lock;
  if (lock.error())
    return lock.error();
  if (!recording_is_open())
    return fail(ENOENT, "nothing is recorded");
  const int error = recording_snapshot();
  return error ? recording_fail(error) : 0;
}

const char *trace_error() noexcept { return error_text(); }
