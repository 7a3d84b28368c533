/// The ring of the calling thread: given to it with its first event, free for
/// another after its end. Async-signal-safe.
#ifndef TRACE_RUNTIME_RECORDING_THREAD_RING_H
#define TRACE_RUNTIME_RECORDING_THREAD_RING_H

#include "process.h"

namespace trace {

/// Sees to it that the rings of threads that end are free. Once; not
/// async-signal-safe.
void thread_rings_prepare();

/// The calling thread's, of whatever recording; null: none yet.
Ring *thread_ring();

/// Whether it is one of this process, not of the parent of a fork's child; and
/// of this recording.
bool is_current(const Ring *ring);

/// Makes room for a record of `bytes` in the thread's ring. Null: it is lost.
Ring *make_room(size_t bytes);

/// A ring's records that could not be written.
void count_lost(Process &process, const RingResult &result);

RingOptions options_of(const Process &process);
bool is_dead(uint32_t thread, const Process &process);

/// The processor that the library has seen the thread on, for who has no rseq.
void set_thread_cpu(uint32_t cpu);

} // namespace trace

#endif
