/// This process's directory in a recording, and its rings.
///
/// Everything here lies in memory that a fork's child finds zeroed, made by
/// fork or by a raw system call. So a child has no rings: its first event comes
/// here, finds `stage` at 0, and makes a directory for the child.
#ifndef TRACE_RUNTIME_RECORDING_PROCESS_H
#define TRACE_RUNTIME_RECORDING_PROCESS_H

#include "catalog.h"
#include "ring.h"

#include <trace/recording.h>

#include <atomic>

namespace trace {

struct Process {
  enum Stage : uint32_t { unmade = 0, in_the_making, ready, failed };
  std::atomic<uint32_t> stage;
  uint32_t pid;
  int error;           ///< where the stage is failed: -errno
  trace_process *file; ///< the mapped file; null: there is none
  uint32_t attached;   ///< attach_session() of one from outside; 0: its own
  trace_session session;
  trace_uuid uuid;
  Path directory;
  std::atomic<uint32_t> ring_count; ///< rings that are made or being made
  uint32_t ring_max;
  /// Milliseconds, as wide as every processor counts: no ring could be made.
  std::atomic<size_t> failed_at;
  std::atomic<uint32_t> ring_cause; ///< why: enum trace_lost
  trace_process unfiled;            ///< counts, where there is no file
  Ring rings[];

  trace_process &counts() { return file ? *file : unfiled; }
};

/// Memory for a process that keeps `session`; null: none.
Process *process_allocate(const trace_session &session);

/// Makes the directory and its files. `parent`: the directory of the session;
/// `catalog`: what its keys have ids of. Signals are blocked. 0 or -errno; the
/// stage is the caller's to set.
int process_make(Process &process, const char *parent,
                 const trace_session &session, const CatalogText &catalog);

/// Takes the directory, whose files a tool has made for this process. As
/// process_make.
int process_adopt(Process &process, const char *directory);

/// Brings `events` and `metadata` up to what the catalog has. 0 or -errno.
int process_write_events(Process &process, const trace_session &session,
                         const CatalogText &catalog);

/// Adds to a count that other threads add to, too.
void add_count(uint64_t &count, uint64_t more);

/// The cause of an error from the files.
trace_lost cause_of(int error);

} // namespace trace

#endif
