#include "thread_ring.h"

#include "../arch/counter.h"
#include "../attach.h"
#include "clock.h"
#include "current.h"
#include "recording.h"

#include <cerrno>
#include <csignal>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

// Of glibc 2.35 and later: where the kernel's restartable-sequences area is
// (rseq(2)); its first words are cpu_id_start and cpu_id.
extern "C" {
[[gnu::weak]] extern const ptrdiff_t __rseq_offset;
[[gnu::weak]] extern const unsigned int __rseq_size;
}

namespace trace {
namespace {

/// Leads to no room: threads without a ring have it.
constinit trace_ring no_ring = {};

// Initial-exec: found by an offset from the thread pointer, the same in every
// thread, and never allocated on first use, which a signal handler could not
// do.
//
// What the code behind a site uses; its ring has room only where that code
// reads the session's clock.
[[gnu::tls_model(
    "initial-exec")]] constinit thread_local trace_ring *site_ring = &no_ring;
[[gnu::tls_model("initial-exec")]] constinit thread_local Ring *library_ring =
    nullptr;
/// For who has no rseq; set whenever the library comes by.
[[gnu::tls_model("initial-exec")]] constinit thread_local uint32_t library_cpu =
    0;

constinit bool has_exit_key = false;
constinit pthread_key_t exit_key = 0;

void give_ring(Ring *ring) {
  library_ring = ring;
  if (recording.session.clock == TRACE_CLOCK_COUNTER)
    site_ring = ring ? &ring->words : &no_ring;
}

/// At a thread's end its ring is free for another.
void release_ring(void *data) {
  const SignalsBlocked blocked;
  auto *ring = static_cast<Ring *>(data);
  if (library_ring != ring)
    return;
  give_ring(nullptr);
  ring->owner.store(0, std::memory_order_release);
}

/// A ring that nobody owns. `dead_too`: or whose owner is gone.
Ring *claim_free(Process &process, uint32_t self, bool dead_too) {
  const uint32_t count = process.ring_count.load(std::memory_order_acquire);
  for (uint32_t i = 0; i < count; ++i) {
    Ring &ring = process.rings[i];
    uint32_t owner = ring.owner.load(std::memory_order_relaxed);
    // A ring whose owner has this thread's id is a dead thread's, too.
    const bool is_free =
        owner == 0 || owner == self || (dead_too && is_dead(owner, process));
    if (is_free && ring.file &&
        ring.owner.compare_exchange_strong(owner, self,
                                           std::memory_order_acquire))
      return &ring;
  }
  return nullptr;
}

Ring *create_ring(Process &process, uint32_t self) {
  uint32_t number = process.ring_count.load();
  do {
    if (number == process.ring_max) {
      process.ring_cause = TRACE_LOST_NO_RING;
      return nullptr;
    }
  } while (!process.ring_count.compare_exchange_weak(number, number + 1));
  Ring &ring = process.rings[number];
  ring.owner.store(self);
  ring.process = &process;
  const int error = ring_create(ring, number, options_of(process));
  if (error) {
    // The number stays used: others may have taken the next.
    process.ring_cause = cause_of(error);
    return nullptr;
  }
  trace_process &counts = process.counts();
  uint32_t files = __atomic_load_n(&counts.ring_count, __ATOMIC_RELAXED);
  while (files < number + 1 && !__atomic_compare_exchange_n(
                                   &counts.ring_count, &files, number + 1,
                                   false, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
  }
  return &ring;
}

/// Signals are blocked.
Ring *take_ring(Process &process) {
  // After a failure not at every event.
  constexpr size_t pause = 10;
  const auto now = static_cast<size_t>(monotonic_now() / 1'000'000);
  const size_t failed_at = process.failed_at.load(std::memory_order_relaxed);
  if (failed_at != 0 && now - failed_at < pause)
    return nullptr;
  const uint32_t self = this_thread();
  Ring *ring = claim_free(process, self, false);
  const bool is_new = !ring && (ring = create_ring(process, self));
  if (!ring)
    ring = claim_free(process, self, true);
  if (ring && !is_new)
    count_lost(process, ring_adopt(*ring, options_of(process)));
  if (!ring) {
    process.failed_at = now;
    return nullptr;
  }
  give_ring(ring);
  if (has_exit_key)
    pthread_setspecific(exit_key, ring);
  return ring;
}

/// Whether nothing can be recorded in this process; then one record is lost.
bool is_hopeless() {
  Process &process = *current_process.load(std::memory_order_acquire);
  if (process.stage.load(std::memory_order_acquire) != Process::failed)
    return false;
  if (process.error != -ECHILD)
    lose(process, cause_of(process.error), 1);
  return true;
}

/// The thread's ring; null: none, and one record is lost for that. Signals are
/// blocked.
Ring *ring_of_thread() {
  Ring *ring = library_ring;
  if (is_current(ring))
    return ring;
  give_ring(nullptr);
  if (ring)
    ring_leave(*ring);
  Process *process = this_process();
  if (is_hopeless())
    return nullptr;
  ring = take_ring(*process);
  if (!ring)
    lose(*process, static_cast<trace_lost>(process->ring_cause.load()), 1);
  return ring;
}

int32_t offset_of(const void *variable) {
  const char *pointer = arch::thread_pointer();
  return pointer ? static_cast<int32_t>(static_cast<const char *>(variable) -
                                        pointer)
                 : 0;
}

} // namespace

void thread_rings_prepare() {
  // Above, glibc allocates on the first pthread_setspecific of a thread
  // (PTHREAD_KEY_2NDLEVEL_SIZE), which an event must not. Without a key the
  // rings of dead threads are found when there is no other left.
  constexpr pthread_key_t first_allocated = 32;
  pthread_key_t key;
  if (has_exit_key)
    return;
  if (pthread_key_create(&key, release_ring) != 0)
    return;
  if (key >= first_allocated) {
    pthread_key_delete(key);
    return;
  }
  exit_key = key;
  has_exit_key = true;
}

Ring *thread_ring() { return library_ring; }
void set_thread_cpu(uint32_t cpu) { library_cpu = cpu; }

RingOptions options_of(const Process &process) {
  return {process.directory, process.session, process.uuid, process.pid};
}

void count_lost(Process &process, const RingResult &result) {
  if (result.lost)
    lose(process, cause_of(result.error), result.lost);
}

bool is_dead(uint32_t thread, const Process &process) {
  return syscall(SYS_tgkill, process.pid, thread, 0) != 0 && errno == ESRCH;
}

bool is_current(const Ring *ring) {
  if (!ring || !ring->file)
    return false;
  const Process *process = current_process.load(std::memory_order_relaxed);
  return ring->process == process && process->attached == attach_session();
}

Ring *make_room(size_t bytes) {
  if (current_process.load(std::memory_order_acquire) &&
      attach_session() == 0 && is_hopeless())
    return nullptr;
  const SignalsBlocked blocked;
  const AttachUser user;
  if (!recording_process() || is_hopeless())
    return nullptr;
  Ring *ring = ring_of_thread();
  if (!ring)
    return nullptr;
  Process &process = *current_process.load(std::memory_order_acquire);
  if (bytes > record_bytes_max(process.session)) {
    lose(process, TRACE_LOST_TOO_LARGE, 1);
    ++ring->discarded;
    return nullptr;
  }
  if (ring->words.limit - ring->words.tail >= bytes)
    return ring;
  const RingResult result = ring_next_packet(*ring, options_of(process));
  if (!result.ok) {
    lose(process, TRACE_LOST_NESTED, 1);
    ++ring->discarded;
    return nullptr;
  }
  count_lost(process, result);
  return ring;
}

// Cold: beside what else runs at a process's start and at no other time, so
// that it costs no page fault of its own.
[[gnu::cold]] int32_t recording_ring_offset() { return offset_of(&site_ring); }

[[gnu::cold]] int32_t recording_cpu_offset() {
  if (&__rseq_offset && &__rseq_size && __rseq_size > 0)
    return static_cast<int32_t>(__rseq_offset);
  return offset_of(&library_cpu);
}

} // namespace trace
