#include "attached.h"

#include "../arch/counter.h"
#include "../attach.h"
#include "../record_string.h"
#include "catalog.h"
#include "current.h"
#include "session.h"
#include "thread_ring.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace trace {
namespace {

uint32_t self() { return static_cast<uint32_t>(syscall(SYS_getpid)); }

/// A file as it is now, in memory; empty: it is, or it can't be read.
class Contents {
public:
  Contents(const Path &directory, const char *name) {
    Path path(directory);
    path << name;
    const File file(path.c_str(), O_RDWR);
    struct stat status;
    if (file.error() || file.status(status) || status.st_size == 0)
      return;
    size_ = static_cast<size_t>(status.st_size);
    memory_ = file.map(size_);
  }
  ~Contents() {
    if (memory_)
      munmap(memory_, size_);
  }
  Contents(const Contents &) = delete;
  Contents &operator=(const Contents &) = delete;

  std::string_view text() const {
    return {static_cast<const char *>(memory_), memory_ ? size_ : 0};
  }

private:
  void *memory_ = nullptr;
  size_t size_ = 0;
};

/// Without an entry that is only partly there.
std::string_view whole_entries(std::string_view events) {
  size_t at = 0;
  trace_event_entry entry;
  while (at + sizeof entry <= events.size()) {
    memcpy(&entry, events.data() + at, sizeof entry);
    if (entry.size < sizeof entry || entry.size > events.size() - at)
      break;
    at += entry.size;
  }
  return events.substr(0, at);
}

/// From the first event on.
std::string_view without_head(std::string_view metadata) {
  const size_t first = metadata.find("\nevent {\n");
  metadata.remove_prefix(first == metadata.npos ? metadata.size() : first + 1);
  return metadata;
}

/// Makes the child's directory beside its parent's, with the events that its
/// keys have the ids of: all but the records. 0 or -errno.
int make_childs(Process &process, const Path &session_directory,
                const Path &parents) {
  const Contents events(parents, "/events");
  const Contents metadata(parents, "/ctf/metadata"); // it is never behind
  return process_make(
      process, session_directory.c_str(), process.session,
      {whole_entries(events.text()), without_head(metadata.text())});
}

/// 0; -ECHILD if it does not follow children, or is over; or -errno.
int read_followed(const Path &path, trace_session &session) {
  if (const int error = session_read(path.c_str(), session))
    return error;
  constexpr uint32_t none = TRACE_SESSION_NO_CHILDREN | TRACE_SESSION_ENDED;
  return session.flags & none ? -ECHILD : 0;
}

/// A tool that ends the recording first writes that down, then looks for
/// children; a child first shows itself, then looks whether it is over. So one
/// of them sees the other.
int begin_child(Process &process, const Path &session_directory,
                const Path &session_path) {
  trace_session session;
  if (const int error = read_followed(session_path, session))
    return error;
  if (const int error =
          make_childs(process, session_directory, Path(attach_directory())))
    return error;
  if (!attach_follow(process.directory.text(), process.pid))
    return -ENAMETOOLONG;
  const int error = read_followed(session_path, session);
  if (error)
    process.file->state = TRACE_PROCESS_ENDED;
  return error;
}

/// Reads the session that a tool has made, and takes its directory, or makes
/// one. 0 or -errno; null: no memory.
int begin(Process *&process, bool is_child) {
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
    error = is_child ? begin_child(*process, parent, path)
                     : process_adopt(*process, attach_directory());
  if (error)
    return error;
  memcpy(recording.directory, parent.c_str(), parent.text().size() + 1);
  recording.session = session;
  recording.opened_by = static_cast<pid_t>(process->pid);
  recording.from_outside = true;
  if (session.flags & TRACE_SESSION_SAFE_STRINGS)
    record_strings_safely();
  thread_rings_prepare();
  recording.open = true;
  return 0;
}

/// Who begins a recording from outside: the process's id, so that a fork's
/// child does not wait for a thread of its parent. 0: nobody.
constinit std::atomic<uint32_t> beginner{0};

/// Whether this process was forked, by libc or, from one that has begun to
/// record, by a raw system call: its memory is its own.
bool is_fork(const Process *process) {
  return attach_forked() == self() || (process && process->ring_max == 0);
}

} // namespace

Process *attached_process(uint32_t asked) {
  while (true) {
    Process *process = current_process.load(std::memory_order_acquire);
    if (process && process->attached == asked)
      return process;
    const bool is_child = attach_pid() != self();
    // Not remembered: a vfork's child has its parent's memory.
    if (is_child && !is_fork(process))
      return nullptr;
    uint32_t other = beginner.load();
    if (other == self()) {
      sched_yield();
      continue;
    }
    if (!beginner.compare_exchange_strong(other, self()))
      continue;
    process = current_process.load(std::memory_order_acquire);
    if (!process || process->attached != asked) {
      Process *made = nullptr;
      const int error = begin(made, is_child);
      attach_report(error == -ECHILD ? 0 : error);
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

} // namespace trace
