#include "filters.h"

#include "array.h"
#include "error.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>

namespace trace {
namespace {

struct Entry {
  std::atomic<const trace_event *> event; ///< null: free
  std::atomic<const Filter *> filters[filter_uses];

  std::atomic<const Filter *> &filter(FilterUse use) {
    return filters[static_cast<size_t>(use)];
  }
};

/// Open addressing, at most half full; entries are never taken away. Events
/// read it while it grows, so an old one stays: all of them are no larger than
/// the newest.
struct Table {
  size_t size; ///< a power of 2
  size_t used;
  Entry *entries() { return reinterpret_cast<Entry *>(this + 1); }
};

struct Made {
  const trace_event *event;
  char *condition;
  size_t condition_bytes;
  Filter *filter;
};

constinit std::atomic<Table *> table{nullptr};

Array<Made> &made() {
  alignas(Array<Made>) static unsigned char storage[sizeof(Array<Made>)];
  static Array<Made> *list = nullptr; // no destructor: threads outlive main
  if (!list)
    list = new (storage) Array<Made>;
  return *list;
}

/// The event's entry, or the free one where it would be.
Entry &find(Table &in, const trace_event &event) {
  const auto address = reinterpret_cast<uintptr_t>(&event);
  size_t at = (address / TRACE_EVENT_ALIGN) * size_t{0x9e3779b1};
  while (true) {
    Entry &entry = in.entries()[at++ & (in.size - 1)];
    const trace_event *there = entry.event.load(std::memory_order_acquire);
    if (!there || there == &event)
      return entry;
  }
}

void put(Table &in, const trace_event &event, FilterUse use,
         const Filter *filter) {
  Entry &entry = find(in, event);
  entry.filter(use).store(filter, std::memory_order_release);
  if (entry.event.load(std::memory_order_relaxed))
    return;
  entry.event.store(&event, std::memory_order_release);
  ++in.used;
}

bool is_made_for(const Made &each, std::string_view condition,
                 const trace_event &event) {
  return each.event == &event &&
         std::string_view(each.condition, each.condition_bytes) == condition;
}

/// Another event may stand where one of an unloaded image stood.
bool is_same(const Filter &a, const Filter &b) {
  return memcmp(&a, &b, sizeof a) == 0; // NOLINT: both begin as zeros
}

} // namespace

const Filter *filter_make(std::string_view condition,
                          const trace_event &event) {
  auto *filter = static_cast<Filter *>(calloc(1, sizeof(Filter)));
  if (!filter) {
    [[maybe_unused]] const int error = fail_no_memory();
    return nullptr;
  }
  FilterError wrong;
  if (!filter_compile(condition, &event, *filter, wrong)) {
    free(filter);
    [[maybe_unused]] const int error =
        fail(EINVAL, "%s\n  %.*s\n  %*s^", wrong.text,
             static_cast<int>(condition.size()), condition.data(),
             static_cast<int>(wrong.at), "");
    return nullptr;
  }
  for (const Made &each : made())
    if (is_made_for(each, condition, event) && is_same(*each.filter, *filter)) {
      free(filter);
      return each.filter;
    }
  char *copy = strndup(condition.data(), condition.size());
  if (!copy || !made().push({&event, copy, condition.size(), filter})) {
    free(copy);
    free(filter);
    [[maybe_unused]] const int error = fail_no_memory();
    return nullptr;
  }
  return filter;
}

bool filters_reserve(size_t more) {
  Table *old = table.load(std::memory_order_relaxed);
  const size_t wanted = ((old ? old->used : 0) + more) * 2;
  if (more == 0 || (old && wanted <= old->size))
    return true;
  size_t size = old ? old->size * 2 : 64;
  while (size < wanted)
    size *= 2;
  auto *grown =
      static_cast<Table *>(calloc(1, sizeof(Table) + size * sizeof(Entry)));
  if (!grown)
    return false;
  grown->size = size;
  for (size_t i = 0; old && i < old->size; ++i)
    if (const trace_event *event = old->entries()[i].event)
      for (const FilterUse use : {FilterUse::record, FilterUse::snapshot})
        put(*grown, *event, use, old->entries()[i].filter(use));
  table.store(grown, std::memory_order_release);
  return true;
}

const Filter *filter_set(const trace_event &event, FilterUse use,
                         const Filter *filter) {
  const Filter *before = filter_of(event, use);
  if (before != filter)
    put(*table.load(std::memory_order_relaxed), event, use, filter);
  return before;
}

const Filter *filter_of(const trace_event &event, FilterUse use) {
  Table *now = table.load(std::memory_order_acquire);
  if (!now)
    return nullptr;
  Entry &entry = find(*now, event);
  return entry.event.load(std::memory_order_acquire)
             ? entry.filter(use).load(std::memory_order_acquire)
             : nullptr;
}

} // namespace trace
