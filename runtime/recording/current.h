/// Which recording the events of this process go to now: its own, its parent's
/// that it follows as a child, or one that a tool has begun from outside.
#ifndef TRACE_RUNTIME_RECORDING_CURRENT_H
#define TRACE_RUNTIME_RECORDING_CURRENT_H

#include "process.h"

#include <limits.h>
#include <sys/types.h>

namespace trace {

/// Set before the first event is recorded; again if a tool begins another
/// recording from outside, which no ring of the former one then uses.
struct Recording {
  bool open = false;
  char directory[PATH_MAX] = "";
  trace_session session = {};
  pid_t opened_by = 0;
  bool from_outside = false;

  bool follows_children() const {
    return !(session.flags & TRACE_SESSION_NO_CHILDREN);
  }
};
extern constinit Recording recording;

/// This process's. A child replaces it; the parent's stays where it is, zeroed,
/// because threads of the child may still point into it.
extern constinit std::atomic<Process *> current_process;

/// Opens `directory`, absolute, with the session that was read of it. False:
/// no memory.
[[nodiscard]] bool current_open(const char *directory,
                                const trace_session &session);

/// Whether the recording of `process` is over, because a tool has ended it.
bool is_over(const Process &process);

/// What events go to now. Null: nothing, and none is lost. Signals are blocked;
/// the caller is an AttachUser.
Process *recording_process();

/// The process that runs now. In a fork's child, the first that comes makes it.
/// Signals are blocked.
Process *this_process();

uint32_t this_thread(); ///< its id

void lose(Process &process, trace_lost cause, uint64_t records);

} // namespace trace

#endif
