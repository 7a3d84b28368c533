#include "recording.h"

#include "../arch/counter.h"
#include "../attach.h"
#include "../error.h"
#include "catalog.h"
#include "current.h"
#include "process.h"
#include "session.h"
#include "thread_ring.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <limits.h>
#include <new>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

namespace trace {
namespace {

/// Of this recording's events.
constinit Catalog *catalog = nullptr;
constinit uint32_t catalog_attached = 0; ///< Process.attached that it is of
alignas(Catalog) unsigned char catalog_storage[sizeof(Catalog)];

constinit std::atomic<int> snapshot_error{0};

template <typename Use> void for_each_ring(Process &process, Use use) {
  const uint32_t count = process.ring_count.load(std::memory_order_acquire);
  for (uint32_t i = 0; i < count; ++i)
    if (__atomic_load_n(&process.rings[i].file, __ATOMIC_ACQUIRE))
      use(process.rings[i]);
}

/// The ids of another recording mean nothing in this one.
void renew_catalog(uint32_t attached) {
  if (catalog && catalog_attached == attached)
    return;
  if (catalog)
    catalog->~Catalog();
  catalog = new (catalog_storage) Catalog;
  catalog_attached = attached;
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
  else if (!catalog->read({events, static_cast<size_t>(count)}))
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
  if (session.clock == TRACE_CLOCK_COUNTER && !arch::has_counter())
    return fail(ENOTSUP,
                "cannot record into %s: its clock is the processor's, which "
                "this processor has not",
                directory);
  if (!current_open(absolute, session))
    return fail(ENOMEM, "cannot record into %s: %m", directory);
  renew_catalog(0);
  attach_publish(recording.directory);
  return 0;
}

bool recording_is_open() {
  const Process *process = current_process.load(std::memory_order_acquire);
  return recording.open && process && !is_over(*process);
}

bool recording_follows_children() {
  return !recording.open || recording.follows_children();
}

uint32_t recording_wanted() {
  const bool safe = recording.session.flags & TRACE_SESSION_SAFE_STRINGS;
  const Process &process = *current_process.load(std::memory_order_acquire);
  const bool is_first =
      process.attached == attach_sessions() && process.attached <= 1;
  return TRACE_WANTED_RECORD | (safe ? TRACE_WANTED_SAFE : 0) |
         (is_first ? 0 : TRACE_WANTED_LATER);
}

uint32_t recording_id_of(const trace_event &event) {
  return catalog->id_of(event);
}

int recording_write_events() {
  if (!recording.open || !catalog->has_news())
    return 0;
  Process *process;
  {
    const SignalsBlocked blocked;
    const AttachUser user;
    process = attach_session() ? recording_process() : this_process();
  }
  if (!process || process->error == -ECHILD)
    return 0;
  if (process->error)
    return recording_fail(process->error);
  if (!catalog->publish())
    return fail_no_memory();
  if (const int error =
          process_write_events(*process, process->session, Catalog::current()))
    return recording_fail(error);
  return 0;
}

void *recording_reserve(uint32_t id, size_t bytes) {
  const size_t size = TRACE_RECORD_BYTES + bytes;
  Ring *ring = thread_ring();
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
  set_thread_cpu(cpu);
  memcpy(record + TRACE_RECORD_AT_id, &id, sizeof id);
  memcpy(record + TRACE_RECORD_AT_cpu, &cpu, sizeof cpu);
  return record + TRACE_RECORD_BYTES;
}

void recording_commit(void *payload) {
  Ring *ring = thread_ring();
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
  if (Process *process = current_process.load(std::memory_order_acquire))
    lose(*process, cause, records);
}

void recording_filtered() {
  if (Process *process = current_process.load(std::memory_order_acquire))
    add_count(process->counts().filtered, 1);
}

int recording_snapshot() {
  const AttachUser user;
  Process *process = current_process.load(std::memory_order_acquire);
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
  Process *process = current_process.load(std::memory_order_acquire);
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
  Process *process = current_process.load(std::memory_order_acquire);
  return process ? process->counts().lost[cause] : 0;
}

} // namespace trace
