/* probe.h - probes: functions of the program that are called by its events.
 *
 *   static void on_request(void *data, int fd, const char *text) { ... }
 *
 *   trace_probe_attach(trace_request, on_request, &statistics);
 *   trace_probe_detach(trace_request, on_request, &statistics);
 *
 * and in C++
 *
 *   auto probe = trace::probe<trace_request>([&](int fd, const char *text) {
 * ... });
 *
 * A probe is called with what the event was called with, at its place, in its
 * thread, for each occurrence while it is attached, whoever else wants the
 * event. That enables the event; nothing is formatted, copied or allocated for
 * it.
 *
 * C11 and later, C++17 and later.
 */
#ifndef TRACE_PROBE_H
#define TRACE_PROBE_H

#include <trace/point.h>

#include <errno.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Attaching -----------------------------------------------------------
 *
 * trace_probe_attach(event, fn, data), trace_probe_detach(event, fn, data)
 *
 * event: the name of a trace point that is a function, with parameters that are
 *        numbers, enumerations, pointers or references. Of an overloaded one, a
 *        cast to the one that is meant.
 * fn:    a void (void *data, PARAMETERS OF THE EVENT). The compiler refuses one
 *        that differs, at its line. It throws nothing, and returns: it neither
 *        jumps out nor ends its thread.
 *
 * Both count for the event in each image of the process that has it, declared
 * alike, also in those that are loaded later. An event may have any number of
 * probes; they are called in the order in which they were attached. An event
 * that such a probe alone wants is not recorded. event and fn are evaluated
 * twice.
 *
 * Return the number of images that have the event, or -errno as trace_enable;
 * -EEXIST: this fn is attached with this data; -ENOENT: it is not; -EDEADLK:
 * called from a probe; -ENOSYS: compiled without the plugin, so that there are
 * no events.
 *
 * After detach has returned, no call of fn with this data begins or is still
 * running in any thread, and what they use may be freed. Detach waits for calls
 * that run; if it is called in a signal handler that has interrupted a probe,
 * it can't, and is -EDEADLK. Not to be called from a signal handler otherwise.
 *
 * In a probe: what the program may do at the place of the event, which may be a
 * signal handler. It may call trace_enable and trace_disable where no signal
 * handler runs. The events in it occur as others do; one that leads to its own
 * probe again ends when 64 events run at once, of which the rest are lost and
 * counted. errno is as before when the probes have been called. */
#if TRACE_HAVE_PLUGIN
#define trace_probe_attach(event, fn, data)                                    \
  trace_event_attach(TRACE_EVENT_OF(event, fn), (trace_any_fn *)(fn), (data))
#define trace_probe_detach(event, fn, data)                                    \
  trace_event_detach(TRACE_EVENT_OF(event, fn), (trace_any_fn *)(fn), (data))
#else
#define trace_probe_attach(event, fn, data)                                    \
  ((void)sizeof(&(event)), (void)(fn), (void)(data), -ENOSYS)
#define trace_probe_detach(event, fn, data)                                    \
  ((void)sizeof(&(event)), (void)(fn), (void)(data), -ENOSYS)
#endif

/* The event's descriptor in this image; null if `event` is. The compiler checks
 * that `fn` can be its probe. */
#if TRACE_HAVE_PLUGIN
const struct trace_event *trace_event_of(trace_any_fn *event,
                                         trace_any_fn *fn) TRACE_NOTHROW
    __attribute__((trace_branch("descriptor")));
#define TRACE_EVENT_OF(event, fn)                                              \
  trace_event_of((trace_any_fn *)(event), (trace_any_fn *)(fn))

/* For trace::probe, which has two functions: trace_probe_of is the one that the
 * event calls. It is `placed`, a void (void *data, const void *const *places)
 * that is told where the parameters are, if the event takes a class; otherwise
 * `passed`, which gets them. */
trace_any_fn *trace_probe_of(trace_any_fn *event, trace_any_fn *passed,
                             trace_any_fn *placed) TRACE_NOTHROW
    __attribute__((trace_branch("probe")));
const struct trace_event *trace_descriptor_of(trace_any_fn *event) TRACE_NOTHROW
    __attribute__((trace_branch("descriptor")));
#endif

/* What the macros above call: with an fn that the compiler has checked. */
int trace_event_attach(const struct trace_event *event, trace_any_fn *fn,
                       void *data) TRACE_NOTHROW;
int trace_event_detach(const struct trace_event *event, trace_any_fn *fn,
                       void *data) TRACE_NOTHROW;

#ifdef __cplusplus
} /* extern "C" */

#include <exception>
#include <type_traits>
#include <utility>

namespace trace {

/* A probe that is attached for as long as it lives. Holds fn, and stays where
 * it is. Without the plugin it is not attached. Its life must not end in a
 * probe. */
template <class Fn> class [[nodiscard]] attached_probe {
public:
  attached_probe(const trace_event *event, trace_any_fn *call, Fn fn)
      : fn_(std::move(fn)), event_(event), call_(call), result_(attach()) {}
  ~attached_probe() {
    if (result_ >= 0 && detach() < 0)
      std::terminate(); // in a probe: it can't be waited for
  }
  attached_probe(const attached_probe &) = delete;
  attached_probe &operator=(const attached_probe &) = delete;

  /* What trace_probe_attach returned; trace_error() says more of an error. */
  int result() const { return result_; }
  explicit operator bool() const { return result_ >= 0; }

  /* Before its life ends. As trace_probe_detach. */
  int detach() {
    int result = result_;
#if TRACE_HAVE_PLUGIN
    if (result >= 0) {
      result = trace_event_detach(event_, call_, this);
      if (result >= 0)
        result_ = -ENOENT;
    }
#endif
    return result;
  }

  Fn &fn() { return fn_; }

private:
  int attach() {
#if TRACE_HAVE_PLUGIN
    return trace_event_attach(event_, call_, this);
#else
    return -ENOSYS;
#endif
  }

  Fn fn_;
  const trace_event *event_;
  trace_any_fn *call_;
  int result_;
};

/* How a probe gets a parameter of an event that takes a class: where it is. */
template <class A>
using probe_argument = std::conditional_t<std::is_class_v<A>, const A &, A>;
template <class A> probe_argument<A> probe_argument_at(const void *place) {
  if constexpr (std::is_reference_v<A>)
    return static_cast<A>(
        **static_cast<std::remove_reference_t<A> *const *>(place));
  else
    return *static_cast<const A *>(place);
}

template <class Fn, class Event> struct probe_call;
template <class Fn, class R, class... A> struct probe_call<Fn, R (*)(A...)> {
  static_assert(std::is_invocable_v<Fn &, probe_argument<A>...>,
                "the probe can't be called with the event's arguments");
  static Fn &fn(void *self) {
    return static_cast<attached_probe<Fn> *>(self)->fn();
  }
  static void pass(void *self, A... arguments) noexcept {
    fn(self)(static_cast<A &&>(arguments)...);
  }
  static void pass_placed(void *self, const void *const *places) noexcept {
    pass_each(fn(self), places, std::index_sequence_for<A...>());
  }

private:
  template <std::size_t... I>
  static void pass_each(Fn &fn, const void *const *places,
                        std::index_sequence<I...>) {
    fn(probe_argument_at<A>(places[I])...);
  }
};
template <class Fn, class R, class... A>
struct probe_call<Fn, R (*)(A...) noexcept> : probe_call<Fn, R (*)(A...)> {};

/* Attaches fn, anything that can be called with the event's arguments, to the
 * event: trace::probe<trace_request>(fn). Of an overloaded event, the one that
 * is meant: trace::probe<static_cast<void (*)(int)>(trace_x)>(fn).
 * An object of a class that the event takes by value is passed to fn as a const
 * reference, and not copied for it. */
template <auto Event, class Fn>
attached_probe<std::decay_t<Fn>> probe(Fn &&fn) {
  using call = probe_call<std::decay_t<Fn>, decltype(Event)>;
  const trace_event *event = nullptr;
  auto *chosen = reinterpret_cast<trace_any_fn *>(&call::pass);
#if TRACE_HAVE_PLUGIN
  event = trace_descriptor_of(reinterpret_cast<trace_any_fn *>(Event));
  chosen = trace_probe_of(reinterpret_cast<trace_any_fn *>(Event),
                          reinterpret_cast<trace_any_fn *>(&call::pass),
                          reinterpret_cast<trace_any_fn *>(&call::pass_placed));
#endif
  return {event, chosen, std::forward<Fn>(fn)};
}

} // namespace trace
#endif

#endif
