#include "table.h"

#include <algorithm>

namespace trace {

bool any_contains(std::span<const AddressRange> ranges, uintptr_t address,
                  size_t bytes) {
  for (const AddressRange &range : ranges)
    if (range.contains(address, bytes))
      return true;
  return false;
}

namespace {

template <typename T> uintptr_t self_relative(const T &member) {
  return reinterpret_cast<uintptr_t>(&member) +
         static_cast<uintptr_t>(static_cast<intptr_t>(member));
}

Site decode(const trace_jump_entry &entry) {
  const uintptr_t key = self_relative(entry.key);
  return {self_relative(entry.code), self_relative(entry.target),
          key & ~static_cast<uintptr_t>(TRACE_KEY_BITS_MASK),
          (key & TRACE_KEY_BRANCH) != 0};
}

} // namespace

bool SiteTable::build(std::span<const trace_jump_entry> entries,
                      std::span<const AddressRange> code, size_t site_bytes) {
  sites_.shrink(0);
  if (!sites_.reserve(entries.size()))
    return false;
  for (const trace_jump_entry &entry : entries) {
    const Site site = decode(entry);
    const bool alive = any_contains(code, site.code, site_bytes) &&
                       any_contains(code, site.target, 1);
    if (alive && !sites_.push(site))
      return false;
  }
  std::sort(sites_.begin(), sites_.end(), [](const Site &a, const Site &b) {
    return a.key != b.key ? a.key < b.key : a.code < b.code;
  });
  return true;
}

std::span<const Site> SiteTable::sites_of(const trace_key *key,
                                          const Site *&next) const {
  const auto wanted = reinterpret_cast<uintptr_t>(key);
  const Site *first = next;
  if (!first || first == sites_.end() || first->key != wanted)
    first = std::lower_bound(
        sites_.begin(), sites_.end(), wanted,
        [](const Site &site, uintptr_t key) { return site.key < key; });
  const Site *last = first;
  while (last != sites_.end() && last->key == wanted)
    ++last;
  next = last;
  return {first, last};
}

} // namespace trace
