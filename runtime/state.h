/// What the library remembers, and the one lock around it.
#ifndef TRACE_RUNTIME_STATE_H
#define TRACE_RUNTIME_STATE_H

#include "event.h"
#include "image.h"
#include "probe.h"
#include "rules.h"

namespace trace {

/// The library's only lock, around every function of point.h that reads or
/// changes state. Events and probes take no lock. A fork waits for it, so the
/// child never sees a half-made change, and finds it free.
///
/// Order: before the dynamic linker's list lock (dl_iterate_phdr) and malloc's.
/// trace_image_loaded takes it inside dlopen, whose own lock the library never
/// asks for.
class Lock {
public:
  Lock();
  ~Lock();
  Lock(const Lock &) = delete;
  Lock &operator=(const Lock &) = delete;

  /// 0, or -EDEADLK: this thread holds it already, so a signal handler that
  /// interrupted the library has called it. -EBUSY: a tool changes the process
  /// from outside (attach.h), and takes long.
  int error() const { return error_; }

private:
  int error_;
};

/// Once, before main: from then on a fork waits for who switches events, here
/// or from outside, and its child knows that it is one.
void watch_forks();

struct State {
  Images images;
  Rules rules;
  Rules snapshots; ///< events that make one
  Array<Registration> probes;

  Wishes wishes() const { return {rules, snapshots, probes}; }
};

/// Exists from first use to the process's end. Knows what was switched from
/// outside.
State &state(const Lock &held);

/// Finds the images, and enables in new ones what was enabled before. An
/// image where that fails gets a warning. 0 or -errno.
int state_refresh(State &state);

/// The state under the lock, refreshed.
class CurrentState {
public:
  CurrentState()
      : state_(lock_.error() ? nullptr : &state(lock_)),
        error_(state_ ? state_refresh(*state_) : lock_.error()) {}

  /// 0, or -errno: of the lock, or of refreshing. Then the state isn't used.
  int error() const { return error_; }
  State *operator->() { return state_; }
  State &operator*() { return *state_; }

private:
  Lock lock_;
  State *state_;
  int error_;
};

} // namespace trace

#endif
