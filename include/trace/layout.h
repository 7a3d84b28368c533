/* layout.h - every layout that compiler, run time and tool share.
 *
 * A traced image (executable or shared object) carries four things, all made by
 * the compiler, all read by the run-time library in memory and by `tracepoint`
 * in the file:
 *
 *   __jump_table     one trace_jump_entry a site            (read-only)
 *   __trace_events   one trace_event an event, back to back (read-only)
 *   .note.trace      one trace_note, which leads to the two (PT_NOTE)
 *   trace_image      one writable record, zero until the run time fills it
 *
 * and, not loaded into memory, .trace_sites: one trace_site a site.
 *
 * A trace_rel32 or the members of a jump entry are self-relative: what they
 * point to stands at (address of the member) + (value). So nothing here needs a
 * start-up relocation, and 0 in a trace_rel32 means "none".
 *
 * The members are listed once, as X(type, name), and expanded to a struct here
 * and to IR constants in the compiler, which so agree by construction.
 */
#ifndef TRACE_LAYOUT_H
#define TRACE_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

/* Changes with every incompatible change below. Run time and tool refuse, by
 * name, an image of another version. */
#define TRACE_LAYOUT_VERSION 6

typedef int32_t trace_rel32;

#define TRACE_STRUCT_MEMBER(type, name) type name;
#define TRACE_STRUCT(name, members)                                            \
  struct name {                                                                \
    members(TRACE_STRUCT_MEMBER)                                               \
  }

/* Linux's struct jump_entry in its relative form (include/linux/jump_label.h).
 * code: the site. target: where it jumps to in its jmp state.
 * key: the trace_key, + TRACE_KEY_BRANCH where the site is the likely side of
 * its branch. A site's instruction is a jmp exactly if enabled ^ branch. */
#define TRACE_JUMP_ENTRY(X)                                                    \
  X(int32_t, code)                                                             \
  X(int32_t, target)                                                           \
  X(intptr_t, key)
TRACE_STRUCT(trace_jump_entry, TRACE_JUMP_ENTRY);

#define TRACE_KEY_BRANCH 1    /* low bits of trace_jump_entry.key */
#define TRACE_KEY_BITS_MASK 3 /* so a key is at least 4-byte aligned */

/* The cell that sites share. 8-byte aligned, writable.
 * enabled: how often it was enabled; the branch is "on" while it is above 0.
 * wanted: for the key of an event, who wants it (TRACE_WANTED_...), and above
 * TRACE_WANTED_BITS the id under which it is recorded (recording.h). If it is
 * wanted for TRACE_WANTED_RECORD alone, the code behind the site records by
 * itself; else it takes the library's way. */
#define TRACE_KEY(X)                                                           \
  X(int32_t, enabled)                                                          \
  X(uint32_t, wanted)
TRACE_STRUCT(trace_key, TRACE_KEY);

#define TRACE_WANTED_RECORD 1u /* keep a record in the thread's ring */
#define TRACE_WANTED_PROBE 2u  /* call probes with its payload */
#define TRACE_WANTED_TEXT 4u   /* print a line */
#define TRACE_WANTED_FILTER 8u /* only if its filter lets it through */
#define TRACE_WANTED_SAFE 16u  /* strings may be bad pointers */
#define TRACE_WANTED_CALL                                                      \
  32u /* call probes with its arguments: trace_probe                           \
       */
/* Its thread may still hold the ring of a recording that is over. */
#define TRACE_WANTED_LATER 64u
#define TRACE_WANTED_SNAPSHOT                                                  \
  128u /* write out the rings, if its filter says so */
/* Probes of either kind. */
#define TRACE_WANTED_PROBES (TRACE_WANTED_PROBE | TRACE_WANTED_CALL)
/* What only the process itself asks for, besides that it records. */
#define TRACE_WANTED_OWN (TRACE_WANTED_PROBES | TRACE_WANTED_SNAPSHOT)
#define TRACE_WANTED_BITS 8
#define TRACE_WANTED_MASK 0xffu

/* An event, as declared. Everything it owns lies behind it: its fields, their
 * enumerators, its text. `size` leads to the next descriptor. Members named
 * ..._at are byte offsets from the descriptor's first byte, 0 = none; text is
 * NUL-terminated UTF-8. */
#define TRACE_EVENT(X)                                                         \
  X(uint32_t, size)        /* bytes, a multiple of 8 */                        \
  X(uint8_t, version)      /* TRACE_LAYOUT_VERSION */                          \
  X(uint8_t, flags)        /* TRACE_EVENT_... */                               \
  X(uint16_t, field_count) /* trace_field's at fields_at */                    \
  X(trace_rel32, key)      /* trace_key */                                     \
  X(uint32_t,                                                                  \
    payload_bytes) /* of a record, without what heads say the length of */     \
  X(uint32_t, fields_at)                                                       \
  X(uint32_t, system_at)                                                       \
  X(uint32_t, name_at)                                                         \
  X(uint32_t, format_at)                                                       \
  X(uint32_t, file_at) /* of the declaration */                                \
  X(uint32_t, line)
TRACE_STRUCT(trace_event, TRACE_EVENT);

#define TRACE_EVENT_ALIGN 8
/* The event is the entry of a function with a body. Its first field may be
 * `this`, which the format does not see (TRACE_FIELD_IMPLICIT). */
#define TRACE_EVENT_FUNCTION 1u
/* Where the nop of its USDT probe stands: where the event is recorded, so that
 * the probe fires while the event is enabled; at each site. */
#define TRACE_EVENT_USDT 2u
#define TRACE_EVENT_USDT_SITE 4u

/* A field. Fields lie in a record's payload in this order, byte after byte
 * without padding. A struct that is passed by value has a field for each of its
 * members, named parameter.member, all of one argument. An array has `count`
 * elements, a sequence TRACE_STRING_HEAD and as many as that says. */
#define TRACE_FIELD(X)                                                         \
  X(uint32_t, name_at)                                                         \
  X(uint32_t, type_at) /* the type as C or C++ spells it */                    \
  X(uint8_t, kind)     /* enum trace_field_kind; of an element */              \
  X(uint8_t, size)     /* bytes of it in the payload; of a string, its head */ \
  X(uint8_t, flags)    /* TRACE_FIELD_... */                                   \
  X(uint8_t, argument) /* index among the declared parameters */               \
  X(uint32_t, enumerators_at)                                                  \
  X(uint32_t, enumerator_count)                                                \
  X(uint32_t, count) /* elements of an array; of a sequence, at most */
TRACE_STRUCT(trace_field, TRACE_FIELD);

enum trace_field_kind {
  TRACE_FIELD_INTEGER = 1, /* 1, 2, 4 or 8 bytes */
  TRACE_FIELD_BOOLEAN = 2, /* 1 byte, 0 or 1 */
  TRACE_FIELD_FLOAT = 3,   /* IEEE 754, 4 or 8 bytes */
  TRACE_FIELD_POINTER = 4, /* an address */
  TRACE_FIELD_STRING = 5,  /* TRACE_STRING_HEAD, then the characters */
  TRACE_FIELD_ENUM = 6,    /* as INTEGER, with names for some values */
};

#define TRACE_FIELD_SIGNED 1u
#define TRACE_FIELD_IMPLICIT 2u /* `this`: not among the format's arguments */
#define TRACE_FIELD_ARRAY 4u
#define TRACE_FIELD_SEQUENCE 8u
#define TRACE_FIELD_BITS 16u /* of ENUM: the enumerators are bits */

/* Strings are cut to this many characters when they are recorded, sequences to
 * this many bytes. No array is larger. */
#define TRACE_STRING_BYTES_MAX 1024
/* In front of a string's characters: a uint16_t with their number in 13 bits
 * and enum trace_string_state in 3, as CTF lays out two bit fields: the first
 * from the low end in little-endian code, from the high end in big-endian.
 * There is at least one character: babeltrace2 2.0.4 shows the text of an
 * earlier event for a sequence of none. So where the state says that the string
 * has no characters, those that follow are what such readers show for it. A
 * sequence has the same head, and one element of zeros where it has none. */
#define TRACE_STRING_LENGTH_BITS 13
#define TRACE_STRING_STATE_BITS 3
#define TRACE_STRING_HEAD(big_endian, length, state)                           \
  ((uint16_t)((big_endian) ? (length) << TRACE_STRING_STATE_BITS | (state)     \
                           : (state) << TRACE_STRING_LENGTH_BITS | (length)))
enum trace_string_state {
  TRACE_STRING_WHOLE = 0,
  TRACE_STRING_CUT = 1,   /* it was longer */
  TRACE_STRING_NULL = 2,  /* a null pointer: TRACE_STRING_NULL_TEXT follows */
  TRACE_STRING_BAD = 3,   /* an address that is not readable: ..._BAD_TEXT */
  TRACE_STRING_EMPTY = 4, /* ..._EMPTY_TEXT */
};
#define TRACE_STRING_NULL_TEXT "(null)"
#define TRACE_STRING_BAD_TEXT "(bad address)"
#define TRACE_STRING_EMPTY_TEXT " "

#define TRACE_ENUMERATOR(X)                                                    \
  X(int64_t, value) /* of an unsigned enumeration: the same 64 bits */         \
  X(uint32_t, name_at)                                                         \
  X(uint32_t, reserved)
TRACE_STRUCT(trace_enumerator, TRACE_ENUMERATOR);

/* A probe that takes an event's arguments: void(void *data, PARAMETERS...), by
 * the C calling convention. A list of them ends with a null fn. */
#define TRACE_PROBE(X)                                                         \
  X(trace_any_fn *, fn)                                                        \
  X(void *, data)
typedef void trace_any_fn(void);
TRACE_STRUCT(trace_probe, TRACE_PROBE);

/* The image's writable record: how the code behind an enabled site records. All
 * zero until the run time has found the image, which is before the first of its
 * sites is patched.
 *
 * ring_offset, cpu_offset: from the thread pointer to a trace_ring * and to a
 * uint32_t, the number of the processor (rseq's cpu_id_start where there is
 * one). So the code behind a site needs no thread-local symbol and no call. The
 * pointer is never null, and leads to a ring without room where there is none.
 *
 * The functions are the library's way: for a ring without room, for events that
 * others want besides the record (TRACE_WANTED_...), for code that cannot know
 * the above. Each is async-signal-safe and throws nothing.
 *
 * reserve:     room for one record of `event` with `bytes` of payload; null:
 *              not wanted, or lost, and counted as such.
 * string_bytes: characters that are recorded of `string`: its length, at most
 *              TRACE_STRING_BYTES_MAX; else those of its state's text.
 * store_string: stores the head and `bytes` characters at `to`, which need not
 *              be aligned; returns the end of what it stored.
 * store_sized: stores the head and `bytes` bytes from `from` at `to`; if they
 *              are not readable, the head's state becomes TRACE_STRING_BAD.
 *              Returns the end of what it stored.
 *
 * commit:      the record is complete; `payload` is what reserve returned.
 *
 * enter_probes: what leads to the event's probes, which stay until leave_probes
 *              is given the same. Null: there are none.
 *
 * numbers:     all of the above for an event of at most TRACE_NUMBERS_MAX
 *              fields, each of one integer, boolean, enumerator or address:
 *              calls its probes, reserves, stores, commits. The values are
 *              extended to 64 bits as their types say; those that the event
 *              does not have are anything. Only for code whose C functions get
 *              their first TRACE_NUMBERS_MAX + 1 such arguments in registers of
 *              64 bits, whatever their types, since so do the probes.
 *
 * In the library each is record_NAME. */
#define TRACE_IMAGE_FUNCTIONS(X)                                               \
  X(trace_reserve_fn *, reserve)                                               \
  X(trace_string_bytes_fn *, string_bytes)                                     \
  X(trace_store_string_fn *, store_string)                                     \
  X(trace_store_sized_fn *, store_sized)                                       \
  X(trace_commit_fn *, commit)                                                 \
  X(trace_enter_probes_fn *, enter_probes)                                     \
  X(trace_leave_probes_fn *, leave_probes)                                     \
  X(trace_numbers_fn *, numbers)
#define TRACE_IMAGE(X)                                                         \
  X(uint32_t, version) /* TRACE_LAYOUT_VERSION once filled in */               \
  X(int32_t, ring_offset)                                                      \
  X(int32_t, cpu_offset)                                                       \
  X(uint32_t, reserved)                                                        \
  TRACE_IMAGE_FUNCTIONS(X)
typedef void *trace_reserve_fn(const struct trace_event *event, size_t bytes);
typedef size_t trace_string_bytes_fn(const char *string);
typedef void *trace_store_string_fn(void *to, const char *string, size_t bytes);
typedef void *trace_store_sized_fn(void *to, const void *from, size_t bytes,
                                   uint16_t head);
typedef void trace_commit_fn(void *payload);
typedef const struct trace_probe *const *
trace_enter_probes_fn(const struct trace_event *event);
typedef void trace_leave_probes_fn(const struct trace_probe *const *entered);
#define TRACE_NUMBERS_MAX 5
typedef void trace_numbers_fn(const struct trace_event *event, uint64_t a,
                              uint64_t b, uint64_t c, uint64_t d, uint64_t e);
TRACE_STRUCT(trace_image, TRACE_IMAGE);

/* The content of .note.trace: an ELF note (gABI, "Note Section") named "trace"
 * of type TRACE_NOTE_IMAGE. 4-byte aligned. */
#define TRACE_NOTE(X)                                                          \
  X(uint32_t, name_bytes)       /* sizeof "trace" */                           \
  X(uint32_t, descriptor_bytes) /* from `version` to the end */                \
  X(uint32_t, type)             /* TRACE_NOTE_IMAGE */                         \
  X(trace_note_name, name)                                                     \
  X(uint32_t, version) /* TRACE_LAYOUT_VERSION */                              \
  X(trace_rel32, jump_table_begin)                                             \
  X(trace_rel32, jump_table_end)                                               \
  X(trace_rel32, events_begin)                                                 \
  X(trace_rel32, events_end)                                                   \
  X(trace_rel32, image) /* trace_image */
typedef char trace_note_name[8];
TRACE_STRUCT(trace_note, TRACE_NOTE);

#define TRACE_NOTE_NAME "trace"
#define TRACE_NOTE_IMAGE 1u
/* The image contains the run-time library itself: a trace_runtime_note
 * (attach.h). `tracepoint run` looks for it to decide whether to preload a
 * library, `tracepoint -p` to find the library in a process. */
#define TRACE_NOTE_RUNTIME 2u

/* One site's place in the source, in .trace_sites, which is not loaded and
 * which `strip` keeps. The file's name follows, NUL-terminated; `size` leads to
 * the next entry. A site at a traced function's entry has none: its place is
 * the event's. */
#define TRACE_SITE(X)                                                          \
  X(uint64_t, code) /* the site's address, as in the file's symbol table */    \
  X(uint32_t, size) /* bytes, with the name, a multiple of 8 */                \
  X(uint32_t, line)
TRACE_STRUCT(trace_site, TRACE_SITE);

#define TRACE_SECTION_JUMP_TABLE "__jump_table"
#define TRACE_SECTION_EVENTS "__trace_events"
#define TRACE_SECTION_NOTE ".note.trace"
#define TRACE_SECTION_SITES ".trace_sites"

#endif
