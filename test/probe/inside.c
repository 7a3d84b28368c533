/* In a probe: it can't attach or detach, but may enable and disable, fire other
 * events, and its own a bounded number of times. Events in signal handlers call
 * probes, too, there inside an interrupted one. Detach waits for a call that runs. */
// RUN: %clang_trace -O2 -pthread -Wall -Wextra -Werror %s -o %t %link
// RUN: env TRACE_OUTPUT=%t.out %t
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <trace/probe.h>
#include <unistd.h>

#define CHECK(x) ((x) ? (void)0 : (fprintf(stderr, "%d: %s: %s\n", __LINE__, #x, trace_error()), abort()))

[[trace::point]] void trace_outer(int n);
[[trace::point]] void trace_inner(int n);

static int inner, own, handled;
static atomic_bool entered, left;

static void on_inner(void *data, int n) { inner += n, (void)data; }
static void on_outer(void *data, int n) {
  CHECK(trace_probe_attach(trace_inner, on_inner, data) == -EDEADLK);
  CHECK(trace_probe_detach(trace_outer, on_outer, data) == -EDEADLK);
  CHECK(trace_enable("inner") == 1 && trace_disable("inner") == 1);
  trace_inner(n);
}
static void on_own(void *data, int n) {
  (void)data;
  own++;
  trace_outer(n + 1);
}
static void on_handled(void *data, int n) {
  (void)data;
  handled++;
  if (n == 1)
    raise(SIGUSR1);
}
static void handle(int signal) {
  trace_outer(2);
  CHECK(trace_probe_detach(trace_outer, on_handled, NULL) == -EDEADLK);
  (void)signal;
}
static void linger(void *data, int n) {
  (void)data, (void)n;
  atomic_store(&entered, 1);
  usleep(100000);
  atomic_store(&left, 1);
}
static void *fire_once(void *unused) {
  trace_outer(1);
  return unused;
}

int main(void) {
  CHECK(trace_probe_attach(trace_inner, on_inner, NULL) == 1);
  CHECK(trace_probe_attach(trace_outer, on_outer, NULL) == 1);
  trace_outer(7);
  CHECK(inner == 7);
  CHECK(trace_probe_detach(trace_outer, on_outer, NULL) == 1);

  CHECK(trace_probe_attach(trace_outer, on_own, NULL) == 1);
  trace_outer(0);
  CHECK(own == 64);
  CHECK(trace_probe_detach(trace_outer, on_own, NULL) == 1);

  signal(SIGUSR1, handle);
  CHECK(trace_probe_attach(trace_outer, on_handled, NULL) == 1);
  trace_outer(1);
  CHECK(handled == 2);
  CHECK(trace_probe_detach(trace_outer, on_handled, NULL) == 1);

  pthread_t other;
  CHECK(trace_probe_attach(trace_outer, linger, NULL) == 1);
  CHECK(pthread_create(&other, NULL, fire_once, NULL) == 0);
  while (!atomic_load(&entered))
    usleep(100);
  CHECK(trace_probe_detach(trace_outer, linger, NULL) == 1);
  CHECK(atomic_load(&left));
  pthread_join(other, NULL);
  return 0;
}
