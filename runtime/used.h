/// Whether the process has asked anything of the library so far: if nobody has
/// switched an event, and none has run, there is nothing to complete at the end
/// and nothing to say.
#ifndef TRACE_RUNTIME_USED_H
#define TRACE_RUNTIME_USED_H

namespace trace {

extern bool library_used;

/// Async-signal-safe.
inline void note_use() {
  if (!__atomic_load_n(&library_used, __ATOMIC_RELAXED))
    __atomic_store_n(&library_used, true, __ATOMIC_RELAXED);
}

} // namespace trace

#endif
