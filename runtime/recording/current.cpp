#include "current.h"

#include "../arch/counter.h"
#include "../attach.h"
#include "../record_string.h"
#include "session.h"
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
  if (is_child && !recording.follows_children())
    return -ECHILD;
  return process_make(process, recording.directory, recording.session);
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
  thread_rings_prepare();
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
    Process *process = current_process.load(std::memory_order_acquire);
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
    process = current_process.load(std::memory_order_acquire);
    if (!process || process->attached != asked) {
      Process *made = nullptr;
      const int error = adopt_process(made);
      attach_report(error);
      process = made;
      if (made) {
        made->error = error;
        made->attached = asked;
        made->stage = error ? Process::failed : Process::ready;
        current_process.store(made, std::memory_order_release);
      }
    }
    beginner.store(0);
    return process;
  }
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
  current_process.store(process, std::memory_order_release);
  if (session.flags & TRACE_SESSION_SAFE_STRINGS)
    record_strings_safely();
  thread_rings_prepare();
  recording.open = true;
  return true;
}

bool is_over(const Process &process) {
  return process.attached != 0 && process.attached != attach_session();
}

Process *recording_process() {
  if (const uint32_t asked = attach_session())
    return begin_attached(asked);
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
