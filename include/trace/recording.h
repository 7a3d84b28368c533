/* recording.h - a recording on disk and in memory.
 *
 * Written by the code behind enabled sites and by the run-time library, read by
 * `tracepoint` and, the part that is CTF 1.8, by everybody's tools. Everything
 * is in the byte order and of the widths of the machine that recorded it.
 * docs/recording.md has the protocol and the reasons.
 *
 *   DIR/                    mode 0700
 *     session               trace_session: options and clock of all processes
 *     NAME-PID[.N]/         one process image; N counts up from 1 after exec
 *       process             trace_process: who it is, and what it lost
 *       events              trace_event_entry, one behind the other
 *       ring-R              trace_ring_file, then its packets
 *       ctf/                a CTF 1.8 trace, valid at every moment
 *         metadata
 *         stream-R[.N]      packets; N counts up from 1 with each new file
 *
 * The members are listed once, as X(type, name), as in layout.h.
 */
#ifndef TRACE_RECORDING_H
#define TRACE_RECORDING_H

#include <trace/layout.h>

/* Changes with every incompatible change below. */
#define TRACE_RECORDING_VERSION 1

typedef uint8_t trace_uuid[16];
typedef char trace_comm[16]; /* TASK_COMM_LEN; NUL-padded, at most 15 used */

/* ---- A record -------------------------------------------------------------
 *
 * Stands in a packet directly behind the one before it, without padding: this
 * head, then the payload as layout.h has it. TRACE_RECORD_BYTES, not sizeof. */
#define TRACE_RECORD(X)                                                        \
  X(uint64_t, timestamp) /* ticks of the session's clock */                    \
  X(uint32_t, id)        /* trace_event_entry.id; CTF's event id */            \
  X(uint16_t, cpu)
#define TRACE_RECORD_AT_timestamp 0
#define TRACE_RECORD_AT_id 8
#define TRACE_RECORD_AT_cpu 12
#define TRACE_RECORD_BYTES 14

/* ---- A packet -------------------------------------------------------------
 *
 * CTF's packet header (to stream_id) and packet context. Sizes are in bits, as
 * CTF has them, and count from the packet's first byte.
 *
 * Whole at every moment: content_size is stored last, by one aligned store,
 * after the records that it covers and after timestamp_end, which is not below
 * the last of their timestamps. content_size 0: no packet (a ring only).
 *
 * A stream file's size is set before its first packet is there, and is larger
 * than what it holds; the last packet's packet_size reaches to the file's end,
 * and its content_size says where its records end. */
#define TRACE_PACKET(X)                                                        \
  X(uint32_t, magic)           /* TRACE_PACKET_MAGIC */                        \
  X(trace_uuid, uuid)          /* trace_process.uuid */                        \
  X(uint32_t, stream_id)       /* 0: all streams are of one kind */            \
  X(uint64_t, timestamp_begin) /* not above the first record's */              \
  X(uint64_t, timestamp_end)                                                   \
  X(uint64_t, content_size)                                                    \
  X(uint64_t, packet_size)                                                     \
  X(uint64_t, packet_seq_num)   /* from 0, one ring's in order, no gaps */     \
  X(uint64_t, events_discarded) /* by this ring before this packet */          \
  X(uint32_t, pid)              /* as the process saw itself (getpid) */       \
  X(uint32_t, tid)                                                             \
  X(trace_comm, comm)
TRACE_STRUCT(trace_packet, TRACE_PACKET); /* 96 bytes, 8-byte aligned */

#define TRACE_PACKET_MAGIC 0xc1fc1fc1u /* CTF 1.8, 5.1 */

/* ---- A ring ---------------------------------------------------------------
 *
 * The file: one page (TRACE_RING_HEAD_BYTES) with this at its beginning, then
 * packet_count places of packet_bytes each. In a place: a trace_packet and its
 * records. The newest packet is the one with the largest packet_seq_num; a
 * packet with number n lies in place n % packet_count. A ring is used by one
 * thread after another; a packet is one thread's.
 *
 * Packets below `appended` are done with: in the stream's files, or lost; or,
 * in flight mode, overwritten. Those from `appended` on are only here, but the
 * first of them may be in the stream's last file in part, as its last packet:
 * it has grown since a snapshot or the process's end. */
#define TRACE_RING_FILE(X)                                                     \
  X(uint32_t, magic)        /* TRACE_RING_MAGIC */                             \
  X(uint32_t, version)      /* TRACE_RECORDING_VERSION */                      \
  X(uint32_t, number)       /* R of its name */                                \
  X(uint32_t, packet_bytes) /* a multiple of 4096 */                           \
  X(uint32_t, packet_count)                                                    \
  X(uint32_t, stream_number) /* N of the stream's last file */                 \
  X(uint64_t, appended)      /* packet_seq_num */                              \
  X(uint64_t, records)       /* in packets before the newest */                \
  X(uint64_t, bytes)         /* of content, in all files of the stream */
TRACE_STRUCT(trace_ring_file, TRACE_RING_FILE);

#define TRACE_RING_MAGIC 0x474e5254u /* "TRNG" */
#define TRACE_RING_HEAD_BYTES 4096

/* The words of a thread's ring that the code behind a site uses. Private to the
 * process, in memory that is zero in a fork's child. All are addresses but the
 * last. `limit` is 0 while there is nothing to record into: then, as when a
 * record does not fit, the library's way (trace_image.reserve) is taken, which
 * makes room, or counts a loss.
 *
 * reserve:  do { p = tail; if (limit - p < n) library; t = clock; }
 *           while (!compare_exchange(tail, p, p + n));
 * store:    head and payload at p
 * commit:   if (published == p) {
 *             q = p + n;
 *             packet->timestamp_end = t;
 *             packet->content_size = (q - packet) * 8;   (release)
 *             published = q;
 *             if (tail != q) the library commits what is behind q, up to tail,
 *               with the clock's time as timestamp_end
 *           }
 *
 * compare_exchange and the stores of `published` and `tail` need to be atomic
 * only against signal handlers of the same thread. An event in a handler that
 * interrupted an event reserves behind it, finds published != p, and is
 * published by the interrupted one. `limit - p < n` is unsigned, with p <=
 * limit always. */
#define TRACE_RING(X)                                                          \
  X(uintptr_t, tail)      /* where the next record begins */                   \
  X(uintptr_t, limit)     /* the packet's end */                               \
  X(uintptr_t, published) /* end of the records that content_size covers */    \
  X(uintptr_t, packet)    /* trace_packet */                                   \
  X(uintptr_t, records)   /* how often one was reserved in this packet */
TRACE_STRUCT(trace_ring, TRACE_RING);

/* ---- Events ---------------------------------------------------------------
 *
 * The file `events`: entries of `size` bytes, each this head and then the
 * event's descriptor as it is in memory (trace_event and all that it owns;
 * layout.h), whose `key` means nothing here. Ids count up from 1. A reader
 * stops at an entry that is cut off: its event has no records yet. An entry is
 * there, and the metadata has its event, before the event is recorded. */
#define TRACE_EVENT_ENTRY(X)                                                   \
  X(uint32_t, size) /* bytes, with this head, a multiple of 8 */               \
  X(uint32_t, id)
TRACE_STRUCT(trace_event_entry, TRACE_EVENT_ENTRY);
#define TRACE_EVENT_ID_MAX 0xffffffu /* it shares a word: TRACE_WANTED_BITS */

/* ---- A process ------------------------------------------------------------
 *
 * The file `process`, which the process has mapped and counts in. */
#define TRACE_PROCESS(X)                                                       \
  X(uint32_t, magic)      /* TRACE_PROCESS_MAGIC */                            \
  X(uint32_t, version)    /* TRACE_RECORDING_VERSION */                        \
  X(uint32_t, layout)     /* TRACE_LAYOUT_VERSION, of `events` */              \
  X(uint32_t, state)      /* enum trace_process_state */                       \
  X(trace_uuid, uuid)     /* of its CTF trace */                               \
  X(uint32_t, pid)        /* as it sees itself */                              \
  X(uint32_t, parent)     /* likewise */                                       \
  X(uint64_t, started)    /* ticks of the session's clock */                   \
  X(uint32_t, ring_count) /* files ring-0 to ring-(ring_count - 1) */          \
  X(uint32_t, reserved)                                                        \
  X(uint64_t, pid_namespace) /* inode of /proc/self/ns/pid; 0: unknown */      \
  X(uint64_t, filtered)      /* records that no filter let through */          \
  X(trace_lost_counts, lost) /* records lost, by enum trace_lost */            \
  X(trace_comm, name)        /* of the program */                              \
  X(trace_path, executable)  /* NUL-terminated, cut */
#define TRACE_LOST_CAUSES_MAX 16
typedef uint64_t trace_lost_counts[TRACE_LOST_CAUSES_MAX];
typedef char trace_path[1024];
TRACE_STRUCT(trace_process, TRACE_PROCESS);

#define TRACE_PROCESS_MAGIC 0x50525254u /* "TRRP" */
#define TRACE_PROCESS_BYTES 4096        /* the file's size */

enum trace_process_state {
  TRACE_PROCESS_RUNNING = 1, /* or killed: then `recover` has work */
  TRACE_PROCESS_ENDED = 2,   /* everything is in the streams */
};

/* X(constant, text for people). */
#define TRACE_LOST(X)                                                          \
  X(NESTED, "in a signal handler that interrupted an event at a packet's end") \
  X(TOO_LARGE, "larger than a packet")                                         \
  X(NO_SLOT, "beside too many others with probes or filters")                  \
  X(NO_RING, "no memory left within the limit for another thread")             \
  X(NO_ACCESS, "the directory is gone or not accessible (chroot, setuid)")     \
  X(NO_SPACE, "the disk is full, or a quota")                                  \
  X(IO, "the file could not be written")
enum trace_lost {
#define TRACE_LOST_CONSTANT(name, text) TRACE_LOST_##name,
  TRACE_LOST(TRACE_LOST_CONSTANT)
#undef TRACE_LOST_CONSTANT
      TRACE_LOST_CAUSES
};

/* ---- A session ------------------------------------------------------------
 *
 * The file `session`: made by the tool or the first process (O_EXCL, then a
 * rename), read by all, so that children need nothing but the directory's name.
 *
 * Nanoseconds of CLOCK_MONOTONIC = monotonic + (ticks - base) * 10^9 /
 * frequency and of CLOCK_REALTIME likewise. */
#define TRACE_SESSION(X)                                                       \
  X(uint32_t, magic)     /* TRACE_SESSION_MAGIC */                             \
  X(uint32_t, version)   /* TRACE_RECORDING_VERSION */                         \
  X(trace_uuid, uuid)    /* of its clock, in each CTF metadata */              \
  X(uint32_t, creator)   /* pid of who made it */                              \
  X(uint32_t, clock)     /* enum trace_clock */                                \
  X(uint64_t, frequency) /* ticks a second */                                  \
  X(uint64_t, base)      /* ticks, at the two moments below */                 \
  X(uint64_t, monotonic) /* nanoseconds */                                     \
  X(uint64_t, realtime)  /* nanoseconds since 1970 */                          \
  X(uint32_t, mode)      /* enum trace_mode */                                 \
  X(uint32_t, flags)     /* TRACE_SESSION_... */                               \
  X(uint32_t, packet_bytes)                                                    \
  X(uint32_t, packet_count) /* of a ring */                                    \
  X(uint64_t, memory_bytes) /* of a process's rings, at most */                \
  X(uint64_t, file_bytes)   /* --size: of a stream's file; 0: no limit */      \
  X(uint32_t, keep)         /* --keep: files of a stream; 0: all */            \
  X(uint32_t, reserved)
TRACE_STRUCT(trace_session, TRACE_SESSION);

#define TRACE_SESSION_MAGIC 0x53525254u /* "TRRS" */

enum trace_clock {
  TRACE_CLOCK_COUNTER = 1,   /* the architecture's: TSC, CNTVCT, ... */
  TRACE_CLOCK_MONOTONIC = 2, /* clock_gettime: ticks are nanoseconds */
};
enum trace_mode {
  TRACE_MODE_STREAM = 1,
  TRACE_MODE_FLIGHT = 2,
};
#define TRACE_SESSION_NO_CHILDREN 1u  /* neither fork's nor exec's */
#define TRACE_SESSION_SAFE_STRINGS 2u /* survive bad pointers */
#define TRACE_SESSION_ENDED                                                    \
  4u /* `record -p` is over: no child begins any more */

#define TRACE_PACKET_BYTES_DEFAULT (64u << 10)
#define TRACE_PACKET_BYTES_MIN 4096u
#define TRACE_PACKET_BYTES_MAX (16u << 20)
#define TRACE_PACKET_COUNT_DEFAULT 4u
#define TRACE_PACKET_COUNT_MIN 4u
#define TRACE_PACKET_COUNT_MAX 64u
#define TRACE_MEMORY_BYTES_DEFAULT (256u << 20)
/* No stream file is larger, so that its size can be set beforehand. */
#define TRACE_STREAM_BYTES_MAX (1ull << 30)

#endif
