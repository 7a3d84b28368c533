#include "probe.h"

#include "descriptor.h"
#include "pattern.h"

#include <algorithm>
#include <new>

namespace trace {

namespace {

struct Attachment {
  const trace_event *event;
  trace_probe_fn *fn;
  void *data;
  size_t order; ///< of registration, among those of one event
};

} // namespace

struct ProbeSet {
  Array<Attachment> attachments; ///< sorted by event
  ProbeSet *next_retired = nullptr;
};

namespace {

constinit std::atomic<const ProbeSet *> published{nullptr};
constinit ProbeSet *current = nullptr; // under the lock, as is `retired`
constinit ProbeSet *retired = nullptr;

/// One call for each fn and data, however many patterns name the event.
bool attach(Array<Attachment> &attachments, size_t first_of_event,
            const Attachment &attachment) {
  for (size_t i = first_of_event; i < attachments.size(); ++i)
    if (attachments[i].fn == attachment.fn &&
        attachments[i].data == attachment.data)
      return true;
  return attachments.push(attachment);
}

bool attach_event(Array<Attachment> &attachments, const trace_event &event,
                  std::span<const Registration> registrations) {
  const size_t first = attachments.size();
  for (const Registration &r : registrations)
    if (pattern_matches(r.pattern, event_system(event), event_name(event)) &&
        !attach(attachments, first, {&event, r.fn, r.data, attachments.size()}))
      return false;
  return true;
}

} // namespace

ProbeSet *probe_set_make(const Images &images,
                         std::span<const Registration> registrations) {
  void *memory = malloc(sizeof(ProbeSet));
  if (!memory)
    return nullptr;
  auto *set = new (memory) ProbeSet;
  for (const Image *image : images.all()) {
    if (!image->usable())
      continue;
    for (const trace_event &event : image->events)
      if (!attach_event(set->attachments, event, registrations)) {
        probe_sets_free(set);
        return nullptr;
      }
  }
  // Not stable_sort, which allocates through the C++ library.
  std::sort(set->attachments.begin(), set->attachments.end(),
            [](const Attachment &a, const Attachment &b) {
              return a.event != b.event ? a.event < b.event : a.order < b.order;
            });
  return set;
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
  const ProbeSet *set = published.load(std::memory_order_seq_cst);
  while (true) {
    reading.store(set, std::memory_order_seq_cst);
    const ProbeSet *now = published.load(std::memory_order_seq_cst);
    if (now == set)
      break;
    set = now;
  }
  if (set) {
    const Attachment *a = std::lower_bound(
        set->attachments.begin(), set->attachments.end(), &event,
        [](const Attachment &a, const trace_event *e) { return a.event < e; });
    for (; a != set->attachments.end() && a->event == &event; ++a)
      a->fn(a->data, &event, payload.data(), payload.size());
  }
  reading.store(nullptr, std::memory_order_seq_cst);
}

} // namespace trace
