#include "recording.h"

#include "../arch/counter.h"
#include "../attach.h"
#include "../error.h"
#include "../record_string.h"
#include "catalog.h"
#include "clock.h"
#include "process.h"
#include "session.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <limits.h>
#include <new>
#include <pthread.h>
#include <sched.h>
#include <sys/stat.h>
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

/// Set before the first event is recorded; again if a tool begins another
/// recording from outside, which no ring of the former one then uses.
struct Recording {
  bool open = false;
  char directory[PATH_MAX] = "";
  trace_session session = {};
  pid_t opened_by = 0;
  pthread_key_t exit_key = 0;
  bool has_exit_key = false;
  Catalog *catalog = nullptr;
  uint32_t catalog_attached = 0; ///< Process.attached that it belongs to
};
constinit Recording recording;
alignas(Catalog) unsigned char catalog_storage[sizeof(Catalog)];

/// This process's. A child replaces it; the parent's stays where it is, zeroed,
/// because threads of the child may still point into it.
constinit std::atomic<Process *> current{nullptr};

constinit std::atomic<int> snapshot_error{0};

uint32_t this_thread() { return static_cast<uint32_t>(syscall(SYS_gettid)); }

RingOptions options_of(const Process &process) {
  return {process.directory, process.session, process.uuid, process.pid};
}

void lose(Process &process, trace_lost cause, uint64_t records) {
  add_count(process.counts().lost[cause], records);
}

void count_lost(Process &process, const RingResult &result) {
  if (result.lost)
    lose(process, cause_of(result.error), result.lost);
}

bool follows_children() {
  return !(recording.session.flags & TRACE_SESSION_NO_CHILDREN);
}

int make_process(Process &process) {
  const bool is_child =
      recording.opened_by != static_cast<pid_t>(syscall(SYS_getpid));
  if (is_child && !follows_children())
    return -ECHILD;
  return process_make(process, recording.directory, recording.session);
}

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

void make_exit_key() {
  // Above, glibc allocates on the first pthread_setspecific of a thread
  // (PTHREAD_KEY_2NDLEVEL_SIZE), which an event must not. Without a key the
  // rings of dead threads are found when there is no other left.
  constexpr pthread_key_t first_allocated = 32;
  pthread_key_t key;
  if (recording.has_exit_key)
    return;
  if (pthread_key_create(&key, release_ring) != 0)
    return;
  if (key >= first_allocated) {
    pthread_key_delete(key);
    return;
  }
  recording.exit_key = key;
  recording.has_exit_key = true;
}

/// Reads the session that a tool has made, and takes its directory. 0 or
/// -errno.
int adopt_process(Process *&process) {
  const std::string_view directory = attach_directory();
  const Path parent(directory.substr(0, directory.rfind('/')));
  Path path(parent);
  path << "/session";
  trace_session session = session_defaults();
  int error = session_read(path.c_str(), session);
  if (!error && session.clock == TRACE_CLOCK_COUNTER && !arch::has_counter())
    error = -ENOTSUP;
  process = process_allocate(session);
  if (!process)
    return -ENOMEM;
  if (!error)
    error = process_adopt(*process, attach_directory());
  if (error)
    return error;
  memcpy(recording.directory, parent.c_str(), parent.text().size() + 1);
  recording.session = session;
  recording.opened_by = static_cast<pid_t>(process->pid);
  if (session.flags & TRACE_SESSION_SAFE_STRINGS)
    record_strings_safely();
  make_exit_key();
  recording.open = true;
  return 0;
}

/// Who begins a recording from outside: the process's id, so that a fork's
/// child does not wait for a thread of its parent. 0: nobody.
constinit std::atomic<uint32_t> beginner{0};

/// The process of the recording `asked` for from outside; null: no memory, or
/// this is a child that was made since. Signals are blocked.
Process *begin_attached(uint32_t asked) {
  const auto self = static_cast<uint32_t>(syscall(SYS_getpid));
  while (true) {
    Process *process = current.load(std::memory_order_acquire);
    if (process && process->attached == asked)
      return process;
    // Not remembered: a vfork's child has its parent's memory.
    if (attach_pid() != self)
      return nullptr;
    uint32_t other = beginner.load();
    if (other == self) {
      sched_yield();
      continue;
    }
    if (!beginner.compare_exchange_strong(other, self))
      continue;
    process = current.load(std::memory_order_acquire);
    if (!process || process->attached != asked) {
      Process *made = nullptr;
      const int error = adopt_process(made);
      attach_report(error);
      process = made;
      if (made) {
        made->error = error;
        made->attached = asked;
        made->stage = error ? Process::failed : Process::ready;
        current.store(made, std::memory_order_release);
      }
    }
    beginner.store(0);
    return process;
  }
}

/// Whether the recording of `process` is over, because a tool has ended it.
bool is_over(const Process &process) {
  return process.attached != 0 && process.attached != attach_session();
}

/// What events go to now. Null: nothing, and none is lost. Signals are blocked;
/// the caller is an AttachUser.
Process *recording_process() {
  if (const uint32_t asked = attach_session())
    return begin_attached(asked);
  Process *process = current.load(std::memory_order_acquire);
  return process && !is_over(*process) ? process : nullptr;
}

/// The process that runs now. In a fork's child, the first that comes makes it.
/// Signals are blocked.
Process *this_process() {
  Process *process = current.load(std::memory_order_acquire);
  uint32_t unmade = Process::unmade;
  if (process->ring_max != 0 &&
      process->stage.load(std::memory_order_acquire) != Process::unmade) {
    while (process->stage.load(std::memory_order_acquire) ==
           Process::in_the_making)
      sched_yield();
    return process;
  }
  if (!process->stage.compare_exchange_strong(unmade, Process::in_the_making)) {
    Process *const old = process;
    // Another thread of this child makes it, and puts a new one in its place.
    while ((process = current.load(std::memory_order_acquire)) == old &&
           old->stage.load() == Process::in_the_making)
      sched_yield();
    return process;
  }
  Process *made = process;
  if (process->ring_max == 0) { // wiped: a child's
    made = process_allocate(recording.session);
    if (!made) {
      process->error = -ENOMEM;
      process->stage.store(Process::failed, std::memory_order_release);
      return process;
    }
  }
  made->error = make_process(*made);
  made->stage.store(made->error ? Process::failed : Process::ready,
                    std::memory_order_release);
  current.store(made, std::memory_order_release);
  return made;
}

bool is_dead(uint32_t thread, const Process &process) {
  return syscall(SYS_tgkill, process.pid, thread, 0) != 0 && errno == ESRCH;
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
  if (recording.has_exit_key)
    pthread_setspecific(recording.exit_key, ring);
  return ring;
}

/// Whether the thread's ring is one of this process: a fork's child finds its
/// parent's, zeroed. And of this recording.
bool is_current(const Ring *ring) {
  if (!ring || !ring->file)
    return false;
  const Process *process = current.load(std::memory_order_relaxed);
  return ring->process == process && process->attached == attach_session();
}

/// Whether nothing can be recorded in this process; then one record is lost.
bool is_hopeless() {
  Process &process = *current.load(std::memory_order_acquire);
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

/// Makes room for a record of `bytes` in the thread's ring. Null: it is lost.
Ring *make_room(size_t bytes) {
  if (current.load(std::memory_order_acquire) && attach_session() == 0 &&
      is_hopeless())
    return nullptr;
  const SignalsBlocked blocked;
  const AttachUser user;
  if (!recording_process() || is_hopeless())
    return nullptr;
  Ring *ring = ring_of_thread();
  if (!ring)
    return nullptr;
  Process &process = *current.load(std::memory_order_acquire);
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

int32_t offset_of(const void *variable) {
  const char *pointer = arch::thread_pointer();
  return pointer ? static_cast<int32_t>(static_cast<const char *>(variable) -
                                        pointer)
                 : 0;
}

template <typename Use> void for_each_ring(Process &process, Use use) {
  const uint32_t count = process.ring_count.load(std::memory_order_acquire);
  for (uint32_t i = 0; i < count; ++i)
    if (__atomic_load_n(&process.rings[i].file, __ATOMIC_ACQUIRE))
      use(process.rings[i]);
}

/// The ids of another recording mean nothing in this one.
void renew_catalog(uint32_t attached) {
  if (recording.catalog && recording.catalog_attached == attached)
    return;
  if (recording.catalog)
    recording.catalog->~Catalog();
  recording.catalog = new (catalog_storage) Catalog;
  recording.catalog_attached = attached;
}

int read_events(const Process &process) {
  Path path(process.directory);
  path << "/events";
  const File file(path.c_str(), O_RDONLY);
  struct stat status;
  int error = file.error();
  if (!error)
    error = file.status(status);
  if (error)
    return error;
  const auto bytes = static_cast<size_t>(status.st_size);
  char *events = static_cast<char *>(malloc(bytes + 1));
  if (!events)
    return -ENOMEM;
  const long count = file.read(events, bytes, 0);
  if (count < 0)
    error = static_cast<int>(count);
  else if (!recording.catalog->read({events, static_cast<size_t>(count)}))
    error = -EIO;
  free(events);
  return error;
}

} // namespace

void recording_adopt() {
  Process *process;
  {
    const SignalsBlocked blocked;
    const AttachUser user;
    process = recording_process();
  }
  if (!process || process->stage.load() != Process::ready)
    return;
  renew_catalog(process->attached);
  if (const int error = read_events(*process)) {
    errno = -error;
    warn("cannot read the events of %s: %m", process->directory.c_str());
  }
}

int recording_open(const char *directory) {
  if (recording_is_open())
    return 0;
  char absolute[PATH_MAX];
  trace_session session = session_defaults();
  if (const int error = session_open(directory, session))
    return error;
  if (!realpath(directory, absolute))
    return fail(errno, "cannot record into %s: %m", directory);
  memcpy(recording.directory, absolute, sizeof absolute);
  recording.session = session;
  recording.opened_by = getpid();
  if (session.clock == TRACE_CLOCK_COUNTER && !arch::has_counter())
    return fail(ENOTSUP,
                "cannot record into %s: its clock is the processor's, which "
                "this processor has not",
                directory);
  Process *process = process_allocate(session);
  if (!process)
    return fail(errno, "cannot record into %s: %m", directory);
  current.store(process, std::memory_order_release);
  renew_catalog(0);
  if (session.flags & TRACE_SESSION_SAFE_STRINGS)
    record_strings_safely();
  make_exit_key();
  recording.open = true;
  attach_publish(recording.directory);
  return 0;
}

bool recording_is_open() {
  const Process *process = current.load(std::memory_order_acquire);
  return recording.open && process && !is_over(*process);
}

bool recording_follows_children() {
  return !recording.open || follows_children();
}

uint32_t recording_wanted() {
  const bool safe = recording.session.flags & TRACE_SESSION_SAFE_STRINGS;
  const Process &process = *current.load(std::memory_order_acquire);
  const bool is_first =
      process.attached == attach_sessions() && process.attached <= 1;
  return TRACE_WANTED_RECORD | (safe ? TRACE_WANTED_SAFE : 0) |
         (is_first ? 0 : TRACE_WANTED_LATER);
}

uint32_t recording_id_of(const trace_event &event) {
  return recording.catalog->id_of(event);
}

int recording_write_events() {
  if (!recording.open || !recording.catalog->has_news())
    return 0;
  Process *process;
  {
    const SignalsBlocked blocked;
    process = this_process();
  }
  if (process->error == -ECHILD)
    return 0;
  if (process->error)
    return recording_fail(process->error);
  if (!recording.catalog->publish())
    return fail_no_memory();
  if (const int error = process_write_events(*process, process->session))
    return recording_fail(error);
  return 0;
}

void *recording_reserve(uint32_t id, size_t bytes) {
  const size_t size = TRACE_RECORD_BYTES + bytes;
  Ring *ring = library_ring;
  unsigned char *record = nullptr;
  if (is_current(ring))
    record = ring_reserve(*ring, size, recording.session.clock);
  while (!record) {
    ring = make_room(size);
    if (!ring)
      return nullptr;
    // A handler's event may take the room that was made: then again.
    record = ring_reserve(*ring, size, recording.session.clock);
  }
  const int processor = sched_getcpu();
  const auto cpu = static_cast<uint16_t>(processor < 0 ? 0 : processor);
  library_cpu = cpu;
  memcpy(record + TRACE_RECORD_AT_id, &id, sizeof id);
  memcpy(record + TRACE_RECORD_AT_cpu, &cpu, sizeof cpu);
  return record + TRACE_RECORD_BYTES;
}

void recording_commit(void *payload) {
  Ring *ring = library_ring;
  // A fork between reserve and commit: the record is the parent's.
  if (!ring || !ring->file)
    return;
  ring_commit(*ring, static_cast<unsigned char *>(payload) - TRACE_RECORD_BYTES,
              recording.session.clock);
}

bool recording_write(uint32_t id, std::span<const uint8_t> payload) {
  void *to = recording_reserve(id, payload.size());
  if (!to)
    return false;
  memcpy(to, payload.data(), payload.size());
  recording_commit(to);
  return true;
}

int recording_fail(int error) {
  errno = -error;
  return fail(-error, "cannot record into %s: %m", recording.directory);
}

void recording_lost(trace_lost cause, uint64_t records) {
  if (Process *process = current.load(std::memory_order_acquire))
    lose(*process, cause, records);
}

void recording_filtered() {
  if (Process *process = current.load(std::memory_order_acquire))
    add_count(process->counts().filtered, 1);
}

int recording_snapshot() {
  const AttachUser user;
  Process *process = current.load(std::memory_order_acquire);
  if (!process || is_over(*process) || process->stage.load() != Process::ready)
    return 0;
  int first_error = 0;
  for_each_ring(*process, [&](Ring &ring) {
    const SignalsBlocked blocked;
    const int error = ring_write_out(ring, options_of(*process));
    if (!first_error)
      first_error = error;
  });
  if (first_error)
    snapshot_error.store(first_error, std::memory_order_relaxed);
  return first_error;
}

int recording_snapshot_error() {
  return snapshot_error.load(std::memory_order_relaxed);
}

void recording_end() {
  const AttachUser user;
  Process *process = current.load(std::memory_order_acquire);
  if (!process || is_over(*process) || process->stage.load() != Process::ready)
    return;
  const RingOptions options = options_of(*process);
  bool others = false;
  for_each_ring(*process, [&](Ring &ring) {
    const SignalsBlocked blocked;
    const uint32_t owner = ring.owner.load();
    // A thread that still runs may still record, up to the very end.
    if (owner != 0 && owner != this_thread() && !is_dead(owner, *process)) {
      others = true;
      ring_write_out(ring, options);
      return;
    }
    // What can't be written stays in the ring, for recovery.
    if (ring_write_out(ring, options) != 0)
      return;
    // What comes later, in other destructors, is in another packet.
    count_lost(*process, ring_next_packet(ring, options));
    ring_cut_stream(ring, options);
  });
  if (!others)
    process->counts().state = TRACE_PROCESS_ENDED;
}

uint64_t recording_lost_count(trace_lost cause) {
  Process *process = current.load(std::memory_order_acquire);
  return process ? process->counts().lost[cause] : 0;
}

int32_t recording_ring_offset() { return offset_of(&site_ring); }

int32_t recording_cpu_offset() {
  if (&__rseq_offset && &__rseq_size && __rseq_size > 0)
    return static_cast<int32_t>(__rseq_offset);
  return offset_of(&library_cpu);
}

} // namespace trace
