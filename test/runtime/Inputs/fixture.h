/* Trace points by hand: what the compiler plugin emits, written as assembly and
 * C, so that the run-time library is tested without it. x86-64.
 *
 * One translation unit an image says FIXTURE_IMAGE, then defines events with
 * FIXTURE_EVENT_... and keys with FIXTURE_KEY, and puts sites into functions
 * with FIXTURE_SITE. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <trace/layout.h>
#include <trace/point.h>

#include <stdint.h>
#include <string.h>

#define FIXTURE_HIDDEN __attribute__((visibility("hidden")))
#define FIXTURE_STRING_(x) #x
#define FIXTURE_STRING(x) FIXTURE_STRING_(x)

/* The image's note and record. Sections that this file leaves empty must still
 * exist for the linker's __start_ and __stop_ symbols. */
#ifndef FIXTURE_LAYOUT_VERSION
#define FIXTURE_LAYOUT_VERSION 6
#endif
_Static_assert(TRACE_LAYOUT_VERSION == 6, "the fixture writes version 6");
#define FIXTURE_IMAGE                                                          \
  FIXTURE_HIDDEN struct trace_image fixture_image;                             \
  extern FIXTURE_HIDDEN const struct trace_note fixture_note;                  \
  __asm__(                                                                     \
      ".pushsection __jump_table,\"aR\",@progbits\n.popsection\n"              \
      ".pushsection __trace_events,\"aR\",@progbits\n.popsection\n"            \
      ".hidden __start___jump_table\n.hidden __stop___jump_table\n"            \
      ".hidden __start___trace_events\n.hidden __stop___trace_events\n"        \
      ".pushsection .note.trace,\"a\",@note\n.balign 4\n"                      \
      ".hidden fixture_note\n.globl fixture_note\nfixture_note:\n"             \
      ".long 6, 24, 1\n.asciz \"trace\"\n.balign 4\n"                          \
      ".long " FIXTURE_STRING(                                                 \
          FIXTURE_LAYOUT_VERSION) "\n"                                         \
                                  ".long __start___jump_table - .\n.long "     \
                                  "__stop___jump_table - .\n"                  \
                                  ".long __start___trace_events - .\n.long "   \
                                  "__stop___trace_events - .\n"                \
                                  ".long fixture_image - .\n.popsection\n")

/* A shared object's constructor, as in layout.h's trace_image_loaded. */
#define FIXTURE_CONSTRUCTOR                                                    \
  extern __attribute__((weak)) void trace_image_loaded(                        \
      const struct trace_note *);                                              \
  __attribute__((constructor)) static void fixture_loaded(void) {              \
    if (trace_image_loaded)                                                    \
      trace_image_loaded(&fixture_note);                                       \
  }                                                                            \
  _Static_assert(1, "")

/* A site of `key` that starts as a nop: jumps to `label` while its branch is
 * the other way. branch: 0 or 1. */
#define FIXTURE_SITE_BYTES(bytes, key, branch, label)                          \
  __asm__ goto(".p2align 3,,1\n1: " bytes "\n"                                 \
               ".pushsection __jump_table,\"aR\",@progbits\n.balign 8\n"       \
               ".long 1b - ., %l[" #label "] - .\n.quad %c0 + %c1 - .\n"       \
               ".popsection"                                                   \
               :                                                               \
               : "i"(&(key)), "i"(branch)                                      \
               : "memory"                                                      \
               : label)
#define FIXTURE_SITE(key, branch, label)                                       \
  FIXTURE_SITE_BYTES(".byte 0x0f,0x1f,0x44,0x00,0x00", key, branch, label)
/* The same, but a jmp at first. */
#define FIXTURE_SITE_JUMP(key, branch, label)                                  \
  FIXTURE_SITE_BYTES(".byte 0xe9\n.long %l[" #label "] - 2f\n2:", key, branch, \
                     label)

/* A field of an event's `fields` list; n: its number among them, from 0. */
#define FIXTURE_FIELD(event, n, kind, size, flags)                             \
  ".long 2" #n "f - " event ", 3" #n "f - " event "\n"                         \
  ".byte " FIXTURE_STRING(kind) ", " #size ", " #flags ", " #n "\n"            \
                                ".balign 4\n.long 0, 0, 0\n"
#define FIXTURE_FIELD_TEXT(n, type, name)                                      \
  "2" #n ": .asciz \"" name "\"\n3" #n ": .asciz \"" type "\"\n"

/* fields, texts: of FIXTURE_FIELD and FIXTURE_FIELD_TEXT. The key is
 * `NAME_key`, the descriptor `NAME_event`. */
#define FIXTURE_EVENT(name, system, event_name, format, count, payload,        \
                      fields, texts)                                           \
  FIXTURE_HIDDEN                                                               \
  __attribute__((used, aligned(8))) struct trace_key name##_key;               \
  extern FIXTURE_HIDDEN const struct trace_event name##_event;                 \
  __asm__(".pushsection __trace_events,\"aR\",@progbits\n.balign 8\n"          \
          ".hidden " #name "_event\n.globl " #name "_event\n" #name            \
          "_event:\n"                                                          \
          ".long 9f - " #name "_event\n.byte 6, 0\n.short " #count "\n"        \
          ".long " #name "_key - .\n.long " #payload "\n"                      \
          ".long 1f - " #name "_event, 2f - " #name "_event, 3f - " #name      \
          "_event, 4f - " #name "_event, 5f - " #name "_event, 7\n"            \
          ".balign 4\n1:\n" fields texts "2: .asciz \"" system "\"\n"          \
          "3: .asciz \"" event_name "\"\n4: .asciz \"" format "\"\n"           \
          "5: .asciz \"fixture.c\"\n.balign 8\n9:\n.popsection\n")

/* system:event_name with one int and one string, "number=%d text=%s". */
#define FIXTURE_EVENT_INT_STRING(name, system, event_name)                     \
  FIXTURE_EVENT(name, system, event_name, "number=%d text=%s", 2, 6,           \
                FIXTURE_FIELD(#name "_event", 0, 1, 4, 1)                      \
                    FIXTURE_FIELD(#name "_event", 1, 5, 2, 0),                 \
                FIXTURE_FIELD_TEXT(0, "int", "number")                         \
                    FIXTURE_FIELD_TEXT(1, "const char *", "text"))

/* What an event's thunk does. The loads are atomic because only the patched site
 * orders them after the run time's stores. */
#define FIXTURE_LOAD(member) __atomic_load_n(&(member), __ATOMIC_RELAXED)
static inline void fixture_emit(const struct trace_image *image,
                                const struct trace_event *event, int number,
                                const char *text) {
  size_t characters = FIXTURE_LOAD(image->string_bytes)(text);
  char *payload =
      FIXTURE_LOAD(image->reserve)(event, event->payload_bytes + characters);
  if (!payload)
    return;
  memcpy(payload, &number, sizeof number);
  FIXTURE_LOAD(image->store_string)(payload + sizeof number, text, characters);
  FIXTURE_LOAD(image->commit)(payload);
}

/* A statement: the event's site and its slow path. */
#define FIXTURE_TRACE(name, number, text)                                      \
  do {                                                                         \
    __label__ slow, done;                                                      \
    FIXTURE_SITE(name##_key, 0, slow);                                         \
    goto done;                                                                 \
  slow:                                                                        \
    fixture_emit(&fixture_image, &name##_event, number, text);                 \
  done:;                                                                       \
  } while (0)

#define CHECK(condition)                                                       \
  do {                                                                         \
    if (!(condition)) {                                                        \
      fprintf(stderr, "%s:%d: not true: %s (trace_error: %s)\n", __FILE__,     \
              __LINE__, #condition, trace_error());                            \
      exit(1);                                                                 \
    }                                                                          \
  } while (0)

#endif
