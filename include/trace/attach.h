/* attach.h - what `tracepoint ... -p PID` reads and writes in a process.
 *
 * The run-time library keeps one trace_attach in its data. The note of type
 * TRACE_NOTE_RUNTIME leads to it, in memory as in the file. The tool reads and
 * writes it by /proc/PID/mem, in the process's own byte order and widths; no
 * code runs for that in the process. docs/attach.md has the protocol and the
 * reasons.
 *
 * The members are listed once, as X(type, name), as in layout.h.
 */
#ifndef TRACE_ATTACH_H
#define TRACE_ATTACH_H

#include <trace/recording.h>

/* Changes with every incompatible change below; a tool refuses another. */
#define TRACE_ATTACH_VERSION 6

/* Constant, from the library:
 *   filters: TRACE_ATTACH_FILTERS_MAX of them. directory: room for a
 *     trace_path. rules: room for TRACE_ATTACH_RULES_BYTES_MAX. Apart from the
 *     block, so that a process that nobody looks at has one page of it.
 *   TRACE_IMAGE_FUNCTIONS, ring_offset, cpu_offset: what an image's trace_image
 *     is to hold. `ready` says that the offsets are there, which is before
 * main.
 *
 * The lock, between the library and one tool (tools exclude each other by an
 * flock of /proc/PID/task): each sets its own word, then looks at the other's,
 * and takes its own back if that is set. So no two change keys and sites at
 * once. The tool's may stay behind if it is killed; the next tool ends that.
 *
 * From the library:
 *   users: threads that use a recording's files, or a filter, now. Once
 * `session` has changed and users was 0, none of them touches the former
 * recording any more. error: -errno, if the session could not be begun.
 *   rules_taken: bytes of `rules` that it knows.
 *   recording: its own, not from outside: its absolute directory; null: none.
 * From the tool, under the lock:
 *   session: number of the recording that was begun from outside; 0: none.
 *     sessions: the last number. pid: the process that shall record, as it sees
 *     itself. directory: of the process, made by the tool; its parent's is the
 *     session's. They are there before `session` is.
 *   changes: counts the changes, so that the library notices.
 *   rules: what was switched, for images that are loaded later: one after the
 *     other "+SESSION PATTERN", "-SESSION PATTERN" or, of events that make a
 *     snapshot, "!SESSION PATTERN", and a NUL. SESSION: a number; the rule is
 *     void when that session is over. 0: never.
 *   filters, filter_events: conditions of events that are switched on from
 *     outside, and whose they are: the event's address, and the lowest bit set
 *     if it is the snapshot's; 0: free. The tool writes a filter, then its
 *     event, only where that was 0 and `users` was 0 since; so no thread is in
 *     the middle of it. */
#define TRACE_ATTACH(X)                                                        \
  X(uint32_t, version) /* TRACE_ATTACH_VERSION */                              \
  X(uint32_t, ready)                                                           \
  X(int32_t, ring_offset)                                                      \
  X(int32_t, cpu_offset)                                                       \
  TRACE_IMAGE_FUNCTIONS(X)                                                     \
  X(const char *, recording)                                                   \
  X(trace_filter_words *, filters)                                             \
  X(char *, directory) /* NUL-terminated */                                    \
  X(char *, rules)                                                             \
  X(uint32_t, inside)  /* the library's half of the lock */                    \
  X(uint32_t, outside) /* the tool's */                                        \
  X(uint32_t, users)                                                           \
  X(int32_t, error)                                                            \
  X(uint32_t, session)                                                         \
  X(uint32_t, sessions)                                                        \
  X(uint32_t, pid)                                                             \
  X(uint32_t, changes)                                                         \
  X(uint32_t, rules_bytes)                                                     \
  X(uint32_t, rules_taken)                                                     \
  X(trace_filter_events, filter_events)
#define TRACE_ATTACH_RULES_BYTES_MAX 4096
/* A compiled condition: Filter of runtime/filter.h. */
#define TRACE_ATTACH_FILTERS_MAX 64
#define TRACE_FILTER_WORDS 257
typedef uint64_t trace_filter_words[TRACE_FILTER_WORDS];
typedef uintptr_t trace_filter_events[TRACE_ATTACH_FILTERS_MAX];
TRACE_STRUCT(trace_attach, TRACE_ATTACH);

/* The content of .note.trace.runtime. */
#define TRACE_RUNTIME_NOTE(X)                                                  \
  X(uint32_t, name_bytes)       /* sizeof "trace" */                           \
  X(uint32_t, descriptor_bytes) /* from `version` to the end */                \
  X(uint32_t, type)             /* TRACE_NOTE_RUNTIME */                       \
  X(trace_note_name, name)                                                     \
  X(uint32_t, version)   /* TRACE_ATTACH_VERSION */                            \
  X(trace_rel32, attach) /* trace_attach */
TRACE_STRUCT(trace_runtime_note, TRACE_RUNTIME_NOTE);

#endif
