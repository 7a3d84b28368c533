/// Static keys: counted as in Linux (kernel/jump_label.c); a branch is on
/// while its key was enabled more often than disabled.
#ifndef TRACE_RUNTIME_KEY_H
#define TRACE_RUNTIME_KEY_H

#include "image.h"

#include <trace/layout.h>

#include <span>

namespace trace {

struct KeyChange {
  trace_key *key;
  int delta; ///< +1: enable, -1: disable
  /// The one that has the key's sites; null: not known, any may.
  Image *image = nullptr;
};

/// All changes in one batch, or none. 0 or -errno.
int keys_change(const Images &images, std::span<const KeyChange> changes);

inline int32_t key_enabled(const trace_key &key) {
  return __atomic_load_n(&key.enabled, __ATOMIC_RELAXED);
}
/// Acquires what was prepared for those who want the event, as the output.
inline uint32_t key_wanted(const trace_key &key) {
  return __atomic_load_n(&key.wanted, __ATOMIC_ACQUIRE);
}

} // namespace trace

#endif
