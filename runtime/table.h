/// The sites of one image, sorted by key: our own copy of its jump table,
/// which is read-only and stays as the linker left it.
#ifndef TRACE_RUNTIME_TABLE_H
#define TRACE_RUNTIME_TABLE_H

#include "array.h"

#include <trace/layout.h>

#include <cstdint>
#include <span>

namespace trace {

struct AddressRange {
  uintptr_t begin, end;
  bool contains(uintptr_t address, size_t bytes) const {
    return address >= begin && address <= end && end - address >= bytes;
  }
};

bool any_contains(std::span<const AddressRange> ranges, uintptr_t address,
                  size_t bytes);

struct Site {
  uintptr_t code;
  uintptr_t target;
  uintptr_t key;
  bool branch; ///< the instruction is a jmp exactly if enabled ^ branch
};

class SiteTable {
public:
  /// Reads `entries`. An entry whose code or target isn't in `code` is dead
  /// (gold keeps the entries of code that --gc-sections removed) and is left
  /// out. False: no memory.
  [[nodiscard]] bool build(std::span<const trace_jump_entry> entries,
                           std::span<const AddressRange> code,
                           size_t site_bytes);

  std::span<const Site> sites_of(const trace_key *key) const {
    const Site *next = nullptr;
    return sites_of(key, next);
  }

  /// The same for one key after the other: `next`, at first null, is where the
  /// last one's sites ended, and is looked at first.
  std::span<const Site> sites_of(const trace_key *key, const Site *&next) const;

private:
  Array<Site> sites_;
};

} // namespace trace

#endif
