#include "probe.h"

#include "descriptor.h"
#include "pattern.h"

#include <algorithm>
#include <new>

namespace trace {

namespace {

struct Attachment {
  const trace_event *event;
  trace_any_fn *fn;
  void *data;
  bool takes_arguments;
  size_t order; ///< of registration

  bool operator<(const Attachment &other) const {
    if (event != other.event)
      return event < other.event;
    if (takes_arguments != other.takes_arguments)
      return takes_arguments < other.takes_arguments;
    return order < other.order;
  }
};

/// Where an event's probes that take its arguments begin among all such.
struct Calls {
  const trace_event *event;
  size_t first;
};

} // namespace

struct ProbeSet {
  Array<Attachment> payload; ///< sorted
  Array<Calls> calls;        ///< sorted by event
  Array<trace_probe> probes; ///< of each of `calls` one after the other
  ProbeSet *next_retired = nullptr;
};

namespace {

constinit std::atomic<const ProbeSet *> published{nullptr};
constinit ProbeSet *current = nullptr; // under the lock, as is `retired`
constinit ProbeSet *retired = nullptr;

/// One call for each fn and data, however many patterns name the event.
void leave_out_doubles(Array<Attachment> &sorted) {
  size_t kept = 0, first_of_event = 0;
  for (size_t i = 0; i < sorted.size(); ++i) {
    const Attachment &next = sorted[i];
    if (kept > 0 && sorted[kept - 1].event != next.event)
      first_of_event = kept;
    const auto *begin = sorted.begin() + first_of_event;
    const auto *end = sorted.begin() + kept;
    if (std::none_of(begin, end, [&](const Attachment &a) {
          return a.fn == next.fn && a.data == next.data;
        }))
      sorted[kept++] = next;
  }
  sorted.shrink(kept);
}

bool collect(const Images &images, std::span<const Registration> registrations,
             Array<Attachment> &attachments) {
  for (const Image *image : images.all()) {
    if (!image->usable())
      continue;
    for (const trace_event &event : image->events)
      for (const Registration &r : registrations)
        if (r.wants(event) &&
            !attachments.push({&event, r.fn, r.data, r.takes_arguments(),
                               attachments.size()}))
          return false;
  }
  // Not stable_sort, which allocates through the C++ library.
  std::sort(attachments.begin(), attachments.end());
  leave_out_doubles(attachments);
  return true;
}

bool fill(ProbeSet &set, const Array<Attachment> &attachments) {
  const trace_probe end = {nullptr, nullptr};
  for (const Attachment &a : attachments) {
    if (!a.takes_arguments) {
      if (!set.payload.push(a))
        return false;
      continue;
    }
    const size_t known = set.calls.size();
    if (known == 0 || set.calls[known - 1].event != a.event) {
      if ((known > 0 && !set.probes.push(end)) ||
          !set.calls.push({a.event, set.probes.size()}))
        return false;
    }
    if (!set.probes.push({a.fn, a.data}))
      return false;
  }
  return set.probes.push(end);
}

/// Takes hold of the published set, which stays until `reading` is null again.
const ProbeSet *hold(std::atomic<const ProbeSet *> &reading) {
  const ProbeSet *set = published.load(std::memory_order_seq_cst);
  while (true) {
    reading.store(set, std::memory_order_seq_cst);
    const ProbeSet *now = published.load(std::memory_order_seq_cst);
    if (now == set)
      return set;
    set = now;
  }
}

template <typename T>
const T *first_of(const Array<T> &sorted, const trace_event &event) {
  const T *found = std::lower_bound(
      sorted.begin(), sorted.end(), &event,
      [](const T &element, const trace_event *e) { return element.event < e; });
  return found != sorted.end() && found->event == &event ? found : nullptr;
}

} // namespace

bool Registration::wants(const trace_event &other) const {
  return event
             ? event_declared_alike(*event, other)
             : pattern_matches(pattern, event_system(other), event_name(other));
}

ProbeSet *probe_set_make(const Images &images,
                         std::span<const Registration> registrations) {
  void *memory = malloc(sizeof(ProbeSet));
  if (!memory)
    return nullptr;
  auto *set = new (memory) ProbeSet;
  Array<Attachment> attachments;
  if (collect(images, registrations, attachments) && fill(*set, attachments))
    return set;
  probe_sets_free(set);
  return nullptr;
}

void probe_set_publish(ProbeSet *set) {
  ProbeSet *old = current;
  current = set;
  published.store(set, std::memory_order_seq_cst);
  if (!old)
    return;
  old->next_retired = retired;
  retired = old;
}

ProbeSet *probe_sets_retired() { return std::exchange(retired, nullptr); }

void probe_sets_free(ProbeSet *sets) {
  while (sets) {
    ProbeSet *next = sets->next_retired;
    sets->~ProbeSet();
    free(sets);
    sets = next;
  }
}

void probes_call(std::atomic<const ProbeSet *> &reading,
                 const trace_event &event, std::span<const uint8_t> payload) {
  if (const ProbeSet *set = hold(reading)) {
    const Attachment *a = first_of(set->payload, event);
    for (; a && a != set->payload.end() && a->event == &event; ++a)
      reinterpret_cast<trace_probe_fn *>(a->fn)(a->data, &event, payload.data(),
                                                payload.size());
  }
  probes_leave(reading);
}

const trace_probe *probes_enter(std::atomic<const ProbeSet *> &reading,
                                const trace_event &event) {
  const ProbeSet *set = hold(reading);
  if (const Calls *calls = set ? first_of(set->calls, event) : nullptr)
    return &set->probes[calls->first];
  probes_leave(reading);
  return nullptr;
}

void probes_leave(std::atomic<const ProbeSet *> &reading) {
  reading.store(nullptr, std::memory_order_seq_cst);
}

} // namespace trace
