#include "catalog.h"

#include "../descriptor.h"
#include "metadata.h"

#include <atomic>

namespace trace {
namespace {

/// Head of a published copy; the two texts follow.
struct Published {
  size_t events_bytes, metadata_bytes;
};

constinit std::atomic<Published *> published{nullptr};

/// The descriptor's bytes but for its key, which differs from image to image.
template <typename Use> void for_each_part(const trace_event &event, Use use) {
  const auto *bytes = reinterpret_cast<const char *>(&event);
  constexpr size_t key_end = offsetof(trace_event, key) + sizeof event.key;
  use(bytes, offsetof(trace_event, key));
  use(bytes + key_end, event.size - key_end);
}

uint64_t hash_of(const trace_event &event) {
  uint64_t hash = 0xcbf29ce484222325; // FNV-1a
  for_each_part(event, [&](const char *bytes, size_t count) {
    for (size_t i = 0; i < count; ++i)
      hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 0x100000001b3;
  });
  return hash;
}

bool append(Array<char> &to, const void *bytes, size_t count) {
  const auto *from = static_cast<const char *>(bytes);
  for (size_t i = 0; i < count; ++i)
    if (!to.push(from[i]))
      return false;
  return true;
}

} // namespace

bool Catalog::same(const Known &known, const trace_event &event,
                   uint64_t hash) const {
  if (known.hash != hash)
    return false;
  const char *entry = events_.begin() + known.at + sizeof(trace_event_entry);
  const auto *bytes = reinterpret_cast<const char *>(&event);
  bool equal = true;
  for_each_part(event, [&](const char *part, size_t count) {
    equal = equal && memcmp(entry + (part - bytes), part, count) == 0;
  });
  return equal;
}

bool Catalog::grow_table() {
  const size_t size = table_.size() ? table_.size() * 2 : 64;
  Array<uint32_t> table;
  if (!table.reserve(size))
    return false;
  for (size_t i = 0; i < size; ++i)
    (void)table.push(0);
  for (uint32_t id = 1; id <= known_.size(); ++id) {
    size_t slot = known_[id - 1].hash & (size - 1);
    while (table[slot])
      slot = (slot + 1) & (size - 1);
    table[slot] = id;
  }
  table_.swap(table);
  return true;
}

bool Catalog::add(const trace_event &event, uint32_t id) {
  const size_t metadata = metadata_.size(), at = events_.size();
  const trace_event_entry head = {
      static_cast<uint32_t>(sizeof head) + event.size, id};
  if (append(events_, &head, sizeof head) &&
      append(events_, &event, event.size) &&
      put_metadata_event(metadata_, event, id) &&
      known_.push({hash_of(event), at}))
    return true;
  events_.shrink(at);
  metadata_.shrink(metadata);
  return false;
}

uint32_t Catalog::id_of(const trace_event &event) {
  // At most half full.
  if ((known_.size() + 1) * 2 > table_.size() && !grow_table())
    return 0;
  const uint64_t hash = hash_of(event);
  size_t slot = hash & (table_.size() - 1);
  for (; table_[slot]; slot = (slot + 1) & (table_.size() - 1))
    if (same(known_[table_[slot] - 1], event, hash))
      return table_[slot];
  const auto id = static_cast<uint32_t>(known_.size() + 1);
  if (id > TRACE_EVENT_ID_MAX || !add(event, id))
    return 0;
  table_[slot] = id;
  return id;
}

bool Catalog::read(std::string_view events) {
  for (size_t at = 0; at + sizeof(trace_event_entry) <= events.size();) {
    trace_event_entry entry;
    memcpy(&entry, events.data() + at, sizeof entry);
    if (entry.size < sizeof entry + sizeof(trace_event) ||
        entry.size > events.size() - at)
      return entry.size > events.size() - at; // cut off: has no records yet
    const auto *event = reinterpret_cast<const trace_event *>(
        events.data() + at + sizeof entry);
    if (event_defect(event, entry.size - sizeof entry) ||
        id_of(*event) != entry.id)
      return false;
    at += entry.size;
  }
  return true;
}

bool Catalog::publish() {
  auto *copy = static_cast<Published *>(
      malloc(sizeof(Published) + events_.size() + metadata_.size()));
  if (!copy)
    return false;
  *copy = {events_.size(), metadata_.size()};
  char *text = reinterpret_cast<char *>(copy + 1);
  memcpy(text, events_.begin(), events_.size());
  memcpy(text + events_.size(), metadata_.begin(), metadata_.size());
  // Nobody reads the old one: in this process only who holds the lock does, and
  // a child has what was published when it was made.
  free(published.exchange(copy, std::memory_order_acq_rel));
  published_bytes_ = events_.size();
  return true;
}

CatalogText Catalog::current() {
  const Published *now = published.load(std::memory_order_acquire);
  if (!now)
    return {};
  const char *text = reinterpret_cast<const char *>(now + 1);
  return {{text, now->events_bytes},
          {text + now->events_bytes, now->metadata_bytes}};
}

} // namespace trace
