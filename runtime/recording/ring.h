/// One ring: a mapped file of packets that one thread at a time fills.
/// Async-signal-safe; called with signals blocked, but for reserve and commit.
#ifndef TRACE_RUNTIME_RECORDING_RING_H
#define TRACE_RUNTIME_RECORDING_RING_H

#include "stream.h"

#include <trace/recording.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace trace {

struct Process;

/// In memory that is zero in a fork's child. The first member is what the code
/// behind a site knows.
struct Ring {
  trace_ring words;
  std::atomic<uint32_t> owner;  ///< the thread (gettid); 0: nobody's
  std::atomic<uint32_t> writer; ///< 1: somebody writes packets out
  uint32_t number;
  Process *process;                ///< whose it is
  unsigned char *file;             ///< the mapping; null: not made yet
  uint64_t sequence;               ///< of the packet that is being filled
  uint64_t discarded;              ///< records of its threads that were lost
  uintptr_t last_record, last_end; ///< what the library reserved last
  Stream stream;
  char name[sizeof trace_packet::comm]; ///< of the thread `name_of`
  uint32_t name_of;
  uint64_t named_at;                        ///< of the session's clock
  uint32_t records[TRACE_PACKET_COUNT_MAX]; ///< in the packet at each place

  trace_ring_file &head() const {
    return *reinterpret_cast<trace_ring_file *>(file);
  }
};
static_assert(offsetof(Ring, words) == 0);

/// What all rings of a process have in common.
struct RingOptions {
  const Path &directory; ///< of the process
  const trace_session &session;
  const trace_uuid &uuid; ///< of the process
  uint32_t pid;
};

struct RingResult {
  bool ok = true;
  int error = 0;     ///< -errno: of the stream's files
  uint64_t lost = 0; ///< records that were overwritten for it
};

/// Makes the file and maps it; its pages are there from then on. 0 or -errno.
int ring_create(Ring &ring, uint32_t number, const RingOptions &options);

/// The calling thread owns the ring from now on: it gets a packet of its own.
RingResult ring_adopt(Ring &ring, const RingOptions &options);

/// Unmaps the ring of a recording that is over, of the calling thread. One that
/// a record of this thread is being stored into stays.
void ring_leave(Ring &ring);

/// Room for a record of `bytes`, head and payload, without the library's help;
/// null: none. `clock`: enum trace_clock.
unsigned char *ring_reserve(Ring &ring, size_t bytes, uint32_t clock);

/// The record at `record`, which ring_reserve returned, is complete.
void ring_commit(Ring &ring, unsigned char *record, uint32_t clock);

/// The largest record that a packet takes.
inline size_t record_bytes_max(const trace_session &session) {
  return session.packet_bytes - sizeof(trace_packet);
}

/// Closes the packet and begins the next; in stream mode appends it first. Not
/// ok: an event that this thread is in the middle of has room in the packet.
RingResult ring_next_packet(Ring &ring, const RingOptions &options);

/// Writes out all that is committed. 0 or -errno.
int ring_write_out(Ring &ring, const RingOptions &options);

/// Cuts the stream's file, for good: what comes later gets a file of its own.
void ring_cut_stream(Ring &ring, const RingOptions &options);

} // namespace trace

#endif
