#include "state.h"

#include "attach.h"
#include "error.h"
#include "record.h"
#include "used.h"

#include <cerrno>
#include <new>
#include <pthread.h>

#ifdef __GLIBC__
extern "C" {
int __register_atfork(void (*prepare)(), void (*parent)(), void (*child)(),
                      void *dso) noexcept;
[[gnu::visibility("hidden")]] extern void *__dso_handle;
}
#endif

namespace trace {
namespace {

pthread_mutex_t mutex;
pthread_once_t once = PTHREAD_ONCE_INIT;
// Set while a fork runs in the thread that holds the lock, which only a signal
// handler can do. Under the lock.
constinit bool fork_is_nested = false;

void make_mutex() {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
  pthread_mutex_init(&mutex, &attributes);
  pthread_mutexattr_destroy(&attributes);
}

void lock_prepare() { pthread_once(&once, make_mutex); }

void before_fork() {
  lock_prepare();
  fork_is_nested = pthread_mutex_lock(&mutex) == EDEADLK;
  if (!fork_is_nested)
    attach_enter(); // if a tool takes long, the fork doesn't wait for it
}

void after_fork_in_parent() {
  if (!fork_is_nested) {
    attach_leave();
    pthread_mutex_unlock(&mutex);
  }
  fork_is_nested = false;
}

void after_fork_in_child() {
  // The owner that the mutex remembers is the parent's thread.
  make_mutex();
  if (!fork_is_nested)
    attach_after_fork();
  fork_is_nested = false;
  record_after_fork();
}

/// What was enabled earlier, in an image that came since.
void apply_to(const State &state, Image *image) {
  Array<EventInImage> events;
  const int error = events_of(*image, events)
                        ? events_reconcile(state.images, events, state.wishes())
                        : fail_no_memory();
  if (!error)
    return;
  warn("%s: its events stay off: %s", image->name, error_text());
  if (error == -EILSEQ)
    image->defect = "a site holds bytes that are not a trace point's";
}

} // namespace

// At every process's start, so the rest is made when it is needed, and this
// code lies beside what else runs then. glibc's pthread_atfork is linked
// statically and would lie far from it, so what it does is written here (glibc,
// nptl/pthread_atfork.c; the symbol is there since glibc 2.3.2).
[[gnu::cold]] void watch_forks() {
#ifdef __GLIBC__
  __register_atfork(before_fork, after_fork_in_parent, after_fork_in_child,
                    __dso_handle);
#else
  pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
#endif
}

Lock::Lock() {
  lock_prepare();
  if (pthread_mutex_lock(&mutex) != 0) {
    error_ = fail(EDEADLK, "called from a signal handler that interrupted "
                           "the library in the same thread");
    return;
  }
  error_ = attach_enter() ? 0
                          : fail(EBUSY, "a tracepoint command is switching "
                                        "events of this process, or was killed "
                                        "while it did: the next one ends that");
  if (error_)
    pthread_mutex_unlock(&mutex);
}

Lock::~Lock() {
  if (error_)
    return;
  attach_leave();
  pthread_mutex_unlock(&mutex);
}

State &state(const Lock &) {
  note_use();
  alignas(State) static unsigned char storage[sizeof(State)];
  static State *made = nullptr; // no destructor: threads may outlive main
  if (!made)
    made = new (storage) State;
  attach_adopt(made->rules, made->snapshots);
  return *made;
}

int state_refresh(State &state) {
  bool changed = false;
  if (const int error = state.images.refresh(changed))
    return error;
  if (!changed)
    return 0;
  for (Image *image : state.images.all()) {
    if (image->fresh && image->usable())
      apply_to(state, image);
    image->fresh = false;
  }
  if (state.probes.size() == 0)
    return 0;
  ProbeSet *set = probe_set_make(state.images, state.probes);
  if (!set)
    return fail_no_memory();
  probe_set_publish(set);
  return 0;
}

} // namespace trace
