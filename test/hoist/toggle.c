// A loop that doesn't end, one that calls and one of an immediate event see a
// toggle at their next pass; a loop that was left by its check when it is
// entered again.
// REQUIRES: x86_64
// RUN: %clang_trace -O2 %s -o %t %link -pthread && env TRACE_OUTPUT=/dev/null %t
// RUN: %clang_trace -O3 %s -o %t %link -pthread && env TRACE_OUTPUT=/dev/null %t
// RUN: %clang_trace -O1 %s -o %t %link -pthread && env TRACE_OUTPUT=/dev/null %t
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <trace/point.h>

__attribute__((trace_point)) void trace_pass(size_t i);
__attribute__((trace_point)) void trace_trip(size_t i);
__attribute__((trace_point, trace_immediate)) void trace_now(size_t i);

static atomic_int stop;
static void stop_loop(void *data, const struct trace_event *event,
                      const void *payload, size_t bytes) {
  atomic_store(&stop, 1);
}
static void *event_loop(void *data) {
  for (size_t i = 0; !atomic_load_explicit(&stop, memory_order_relaxed); ++i)
    trace_pass(i);
  return data;
}

static int hits;
static void count(void *data, const struct trace_event *event,
                  const void *payload, size_t bytes) {
  ++hits;
}
__attribute__((noinline)) static void enable(const char *pattern) {
  assert(trace_probe_register(pattern, count, NULL) == 1);
}
__attribute__((noinline)) static void disable(const char *pattern) {
  assert(trace_probe_unregister(pattern, count, NULL) == 1);
}
__attribute__((noinline)) static void calling(void) {
  for (size_t i = 0; i < 10; ++i) {
    if (i == 3)
      enable("trip");
    trace_trip(i);
  }
}
__attribute__((noinline)) static void bounded(size_t n, int *x) {
  for (size_t i = 0; i < n; ++i) {
    trace_trip(i);
    x[i] = 0;
  }
}
static void *switcher(void *data) {
  enable("now");
  atomic_store(&stop, 1);
  return data;
}
// Bounded, and long enough that it would not end before the test does.
__attribute__((noinline)) static size_t immediate(void) {
  size_t i = 0;
  for (; i < (size_t)1 << 62 && hits == 0; ++i)
    trace_now(i);
  return i;
}

int main(void) {
  pthread_t thread;
  int x[8];

  pthread_create(&thread, NULL, event_loop, NULL);
  assert(trace_probe_register("pass", stop_loop, NULL) == 1);
  pthread_join(thread, NULL); // the test hangs if the loop sees no toggle

  calling();
  assert(hits == 7);
  bounded(8, x);
  assert(hits == 15);
  disable("trip");
  bounded(8, x);
  assert(hits == 15);
  enable("trip");
  bounded(8, x);
  assert(hits == 23);
  disable("trip");

  hits = 0;
  pthread_create(&thread, NULL, switcher, NULL);
  assert(immediate() < (size_t)1 << 62);
  pthread_join(thread, NULL);
  return 0;
}
