#include "current.h"

#include "../attach.h"
#include "../record_string.h"
#include "attached.h"
#include "catalog.h"
#include "thread_ring.h"

#include <cerrno>
#include <cstring>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace trace {

constinit Recording recording;
constinit std::atomic<Process *> current_process{nullptr};

namespace {

int make_process(Process &process) {
  const bool is_child =
      recording.opened_by != static_cast<pid_t>(syscall(SYS_getpid));
  // One from outside, that is over: attached_process() makes what is not.
  if (is_child && (recording.from_outside || !recording.follows_children()))
    return -ECHILD;
  return process_make(process, recording.directory, recording.session,
                      Catalog::current());
}

} // namespace

uint32_t this_thread() { return static_cast<uint32_t>(syscall(SYS_gettid)); }

void lose(Process &process, trace_lost cause, uint64_t records) {
  add_count(process.counts().lost[cause], records);
}

bool current_open(const char *directory, const trace_session &session) {
  Process *process = process_allocate(session);
  if (!process)
    return false;
  memcpy(recording.directory, directory, strlen(directory) + 1);
  recording.session = session;
  recording.opened_by = getpid();
  recording.from_outside = false;
  current_process.store(process, std::memory_order_release);
  if (session.flags & TRACE_SESSION_SAFE_STRINGS)
    record_strings_safely();
  thread_rings_prepare();
  recording.open = true;
  return true;
}

bool is_over(const Process &process) {
  // Of one from outside a fork's child has nothing yet: attached is 0.
  return recording.from_outside &&
         (process.attached == 0 || process.attached != attach_session());
}

Process *recording_process() {
  if (const uint32_t asked = attach_session())
    return attached_process(asked);
  Process *process = current_process.load(std::memory_order_acquire);
  return process && !is_over(*process) ? process : nullptr;
}

Process *this_process() {
  Process *process = current_process.load(std::memory_order_acquire);
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
    while ((process = current_process.load(std::memory_order_acquire)) == old &&
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
  current_process.store(made, std::memory_order_release);
  return made;
}

} // namespace trace
