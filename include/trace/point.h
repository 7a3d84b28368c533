/* point.h - trace points and static keys: the C API.
 *
 * A trace point needs no header: `[[trace::point]]` is an attribute of the
 * compiler plugin. Include this for TRACE_POINT (the same source without the
 * plugin), trace_enabled, static keys, and to control tracing from within.
 *
 * C11 and later, C++17 and later. All functions may be called from any thread,
 * none from a signal handler; they throw nothing.
 */
#ifndef TRACE_POINT_H
#define TRACE_POINT_H

#include <trace/layout.h>

#ifdef __has_attribute
#if __has_attribute(trace_point)
#define TRACE_HAVE_PLUGIN 1
#endif
#endif
#ifndef TRACE_HAVE_PLUGIN
#define TRACE_HAVE_PLUGIN 0
#endif

#ifdef __cplusplus
#define TRACE_NOTHROW noexcept
extern "C" {
#else
#include <stdbool.h>
#define TRACE_NOTHROW
#endif

/* ---- Declaring -----------------------------------------------------------
 *
 *   TRACE_POINT("cmd=0x%x", void trace_ioctl(unsigned cmd));
 *
 * is the declaration with its attribute where the plugin is loaded, and an
 * empty inline function elsewhere. At file or namespace scope, extern "C" { },
 * and in a class, class templates included, with `static`. Parameters need
 * names. A function template can't be declared so: put it into a class. */
#if TRACE_HAVE_PLUGIN
#define TRACE_POINT(format, ...)                                               \
  __attribute__((trace_point(format))) __VA_ARGS__
#else
#ifdef __cplusplus
#define TRACE_EMPTY_FUNCTION inline
#define TRACE_END_OF_DECLARATION static_assert(true, "")
#else
#define TRACE_EMPTY_FUNCTION static inline
#define TRACE_END_OF_DECLARATION _Static_assert(1, "")
#endif
#define TRACE_POINT(format, ...)                                               \
  _Pragma("GCC diagnostic push")                                               \
      _Pragma("GCC diagnostic ignored \"-Wunused-parameter\"")                 \
          _Pragma("GCC diagnostic ignored \"-Wunused-function\"")              \
              TRACE_EMPTY_FUNCTION __VA_ARGS__ {}                              \
  _Pragma("GCC diagnostic pop") TRACE_END_OF_DECLARATION
#endif

/* trace_enabled(trace_ioctl): whether the event is on, as a static branch
 * alone: one nop while it is off. For work that only a trace needs. */
#if TRACE_HAVE_PLUGIN
bool trace_event_enabled(void (*event)(void)) TRACE_NOTHROW
    __attribute__((trace_branch("event")));
#define trace_enabled(event) trace_event_enabled((void (*)(void))(event))
#else
#define trace_enabled(event) ((void)sizeof(&(event)), 0)
#endif

/* ---- Static keys ---------------------------------------------------------
 *
 *   TRACE_DEFINE_KEY_FALSE(debug_key);
 *   if (trace_branch_unlikely(&debug_key)) ...
 *
 * As in Linux (include/linux/jump_label.h): the branch is a nop or a jmp, and
 * the key's initial value and the branch's likelihood choose which is which.
 *
 *   key    branch     instruction at first   where the other side is
 *   FALSE  unlikely   nop                    out of line
 *   TRUE   likely     nop                    out of line
 *   FALSE  likely     jmp                    in line
 *   TRUE   unlikely   jmp                    in line
 *
 * A key belongs to the image (executable or shared object) that defines it.
 * Without the plugin, a key is loaded and tested. */
struct trace_key_false {
  struct trace_key key;
};
struct trace_key_true {
  struct trace_key key;
};

#define TRACE_KEY_ATTRIBUTES __attribute__((visibility("hidden"), aligned(8)))
#define TRACE_DECLARE_KEY_FALSE(name)                                          \
  extern struct trace_key_false name TRACE_KEY_ATTRIBUTES
#define TRACE_DECLARE_KEY_TRUE(name)                                           \
  extern struct trace_key_true name TRACE_KEY_ATTRIBUTES
#define TRACE_DEFINE_KEY_FALSE(name)                                           \
  TRACE_DECLARE_KEY_FALSE(name);                                               \
  struct trace_key_false name = {{0, 0}}
#define TRACE_DEFINE_KEY_TRUE(name)                                            \
  TRACE_DECLARE_KEY_TRUE(name);                                                \
  struct trace_key_true name = {{1, 0}}

/* The primitives: true exactly if (key is enabled) != branch. The first starts
 * as a nop that falls through to false, the second as a jmp to true. key: the
 * address of a static object; branch: a constant. */
#if TRACE_HAVE_PLUGIN
bool trace_static_branch(struct trace_key *key, bool branch) TRACE_NOTHROW
    __attribute__((trace_branch));
bool trace_static_branch_jump(struct trace_key *key, bool branch) TRACE_NOTHROW
    __attribute__((trace_branch("jump")));
#else
#define TRACE_KEY_LOAD(k) (__atomic_load_n(&(k)->enabled, __ATOMIC_RELAXED) > 0)
#define trace_static_branch(k, branch) (TRACE_KEY_LOAD(k) != (branch))
#define trace_static_branch_jump(k, branch) (TRACE_KEY_LOAD(k) != (branch))
#endif

/* Enable and disable nest: the branch is on while a key was enabled more often
 * than disabled. `key` is the address of a key of either kind. Returns 0, or
 * -EINVAL: disabled more often than enabled; -EOVERFLOW; -EPERM, -EILSEQ: as
 * trace_enable. trace_error() says why. A key of a running program may be
 * toggled while any number of threads runs through its branches; when the call
 * has returned, every thread sees the change. */
int trace_key_enable(struct trace_key *key) TRACE_NOTHROW;
int trace_key_disable(struct trace_key *key) TRACE_NOTHROW;

/* ---- Events --------------------------------------------------------------
 *
 * A pattern is a glob (*, ?, [...]) on "system:name"; without a colon it is a
 * system's name or an event's. Several are separated by commas or spaces. */

/* Switches recording on or off for all events that match, in every image of
 * the process; what was enabled also holds for images loaded later. Returns
 * the number of events matched, or -errno: -EINVAL a bad pattern, -EPERM the
 * code can't be written or the processors not synchronised (trace_error() names
 * the cause), -EILSEQ a site holds bytes that aren't ours, -ENOMEM, -EDEADLK
 * called from a probe, -EBUSY a tool from outside switches events and takes
 * long, or what open(2) says of TRACE_OUTPUT. After an error nothing has
 * changed. */
int trace_enable(const char *pattern) TRACE_NOTHROW;
int trace_disable(const char *pattern) TRACE_NOTHROW;

/* Calls `fn` once for each event of each loaded image, until it returns other
 * than 0; returns that, or 0. `event` stays valid while its image is loaded. */
struct trace_event_info {
  const struct trace_event *event;
  const char *system, *name;
  const char *format; /* null: none was given */
  const char *file;   /* of the declaration */
  unsigned line;
  unsigned sites;
  bool enabled;
};
typedef int trace_event_fn(const struct trace_event_info *event, void *data);
int trace_for_each_event(trace_event_fn *fn, void *data) TRACE_NOTHROW;

/* A probe: called for every occurrence of the event while it is registered, in
 * the thread and at the place of the event, so possibly in a signal handler.
 * `payload` holds the fields as layout.h describes them. Registering enables
 * the event's sites. `pattern` as above. Returns the number of events matched,
 * or -errno as trace_enable; -EEXIST: this fn with this data is registered for
 * the pattern; -ENOENT: it is not. After unregister has returned, no call of fn
 * begins or is still running in another thread. Neither may be called from a
 * probe. */
typedef void trace_probe_fn(void *data, const struct trace_event *event,
                            const void *payload, size_t bytes);
int trace_probe_register(const char *pattern, trace_probe_fn *fn,
                         void *data) TRACE_NOTHROW;
int trace_probe_unregister(const char *pattern, trace_probe_fn *fn,
                           void *data) TRACE_NOTHROW;

/* Writes what the rings of this process hold into the recording's streams, so
 * that it stays when the rings go on: what a flight recorder is for. Costs the
 * time of writing it. Returns 0, or -errno: -ENOENT nothing is being recorded,
 * or what the files say; trace_error() says more. */
int trace_snapshot(void) TRACE_NOTHROW;

/* What went wrong in the last call of this thread that returned an error: one
 * line, valid until the next. */
const char *trace_error(void) TRACE_NOTHROW;

#ifdef __cplusplus
} /* extern "C" */
#endif

/* trace_branch_likely(&key), trace_branch_unlikely(&key): by the key's type,
 * nop or jmp at first. Linux's table (include/linux/jump_label.h):
 * instruction = enabled ^ branch. */
#ifdef __cplusplus
static inline int trace_key_enable(struct trace_key_false *k) noexcept {
  return trace_key_enable(&k->key);
}
static inline int trace_key_enable(struct trace_key_true *k) noexcept {
  return trace_key_enable(&k->key);
}
static inline int trace_key_disable(struct trace_key_false *k) noexcept {
  return trace_key_disable(&k->key);
}
static inline int trace_key_disable(struct trace_key_true *k) noexcept {
  return trace_key_disable(&k->key);
}
static inline __attribute__((always_inline)) bool
trace_branch_unlikely(struct trace_key_false *k) {
  return trace_static_branch(&k->key, false);
}
static inline __attribute__((always_inline)) bool
trace_branch_likely(struct trace_key_true *k) {
  return !trace_static_branch(&k->key, true);
}
static inline __attribute__((always_inline)) bool
trace_branch_unlikely(struct trace_key_true *k) {
  return trace_static_branch_jump(&k->key, false);
}
static inline __attribute__((always_inline)) bool
trace_branch_likely(struct trace_key_false *k) {
  return !trace_static_branch_jump(&k->key, true);
}
#else
/* A key is the first member of each kind of key. */
#define TRACE_KEY_OF(k)                                                        \
  ((struct trace_key *)_Generic((k),                                           \
       struct trace_key *: (k),                                                \
       struct trace_key_false *: (k),                                          \
       struct trace_key_true *: (k)))
#define trace_key_enable(k) (trace_key_enable)(TRACE_KEY_OF(k))
#define trace_key_disable(k) (trace_key_disable)(TRACE_KEY_OF(k))

/* __builtin_choose_expr: at -O0 the other arm of `?:` would be a site, too. */
#define TRACE_KEY_IS_TRUE(k)                                                   \
  _Generic((k), struct trace_key_true *: 1, struct trace_key_false *: 0)
#define trace_branch_unlikely(k)                                               \
  __builtin_choose_expr(TRACE_KEY_IS_TRUE(k),                                  \
                        trace_static_branch_jump(&(k)->key, false),            \
                        trace_static_branch(&(k)->key, false))
#define trace_branch_likely(k)                                                 \
  __builtin_choose_expr(TRACE_KEY_IS_TRUE(k),                                  \
                        !trace_static_branch(&(k)->key, true),                 \
                        !trace_static_branch_jump(&(k)->key, true))
#endif

#endif
