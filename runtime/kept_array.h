/// Lists that keep their memory from one call to the next.
#ifndef TRACE_RUNTIME_KEPT_ARRAY_H
#define TRACE_RUNTIME_KEPT_ARRAY_H

#include "array.h"

#include <new>

namespace trace {

/// An empty array, for each T the same one: one use at a time, under the lock.
///
/// A change of all events lists all their sites. Lists of that size malloc
/// gives back to the kernel each time, and to fault their pages in again costs
/// as much as the change (docs/performance.md, "How it grows").
template <typename T> Array<T> &kept_array() {
  alignas(Array<T>) static unsigned char storage[sizeof(Array<T>)];
  static Array<T> *made = nullptr; // no destructor: threads outlive main
  if (!made)
    made = new (storage) Array<T>;
  made->shrink(0);
  return *made;
}

} // namespace trace

#endif
