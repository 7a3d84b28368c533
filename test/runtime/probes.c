/* Probes see every field of every occurrence from the return of register to
 * that of unregister, once for each function and data, and not a call later. */
// RUN: %cc -O1 -pthread -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: %t 2>&1 | FileCheck %s
// REQUIRES: x86_64

#define _GNU_SOURCE
#include "Inputs/fixture.h"
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

FIXTURE_IMAGE;
FIXTURE_EVENT_INT_STRING(one, "app", "one");
FIXTURE_EVENT_INT_STRING(two, "app", "two");

static __attribute__((noinline)) void run(int number) {
  FIXTURE_TRACE(one, number, "text");
  FIXTURE_TRACE(two, number, NULL);
}

struct seen {
  atomic_int calls;
  const struct trace_event *event;
  int number;
  size_t bytes;
};

static void see(void *data, const struct trace_event *event,
                const void *payload, size_t bytes) {
  struct seen *seen = data;
  seen->event = event;
  memcpy(&seen->number, payload, sizeof seen->number);
  seen->bytes = bytes;
  atomic_fetch_add(&seen->calls, 1);
}

static void see_fields(void) {
  struct seen a = {0}, b = {0};
  CHECK(trace_probe_register("app:one", see, &a) == 1);
  CHECK(trace_probe_register("app:one", see, &a) == -EEXIST);
  CHECK(trace_probe_register("app:*", see, &a) == 2);
  CHECK(trace_probe_register(":two", see, &b) == 1);
  CHECK(one_key.enabled == 1 && two_key.enabled == 1);
  run(7);
  CHECK(a.calls == 2 && b.calls == 1);
  CHECK(b.event == &two_event && b.number == 7 && b.bytes == 12);
  CHECK(trace_probe_unregister("app:*", see, &a) == 2);
  run(8);
  CHECK(a.calls == 3 && a.event == &one_event && a.bytes == 10 && b.calls == 2);
  CHECK(trace_probe_unregister("app:*", see, &a) == -ENOENT);

  /* Recording and probes want the event on their own accounts. */
  CHECK(trace_enable("app:one") == 1);
  CHECK(trace_probe_unregister("app:one", see, &a) == 1);
  // CHECK: one: number=9
  // CHECK-NOT: number
  run(9);
  CHECK(trace_disable("*") == 2 && one_key.enabled == 0);
  CHECK(two_key.enabled == 1 && trace_probe_unregister(":two", see, &b) == 1);
  CHECK(two_key.enabled == 0 && two_key.wanted == 0);
}

static int from_probe;
static void disable_all(void *unused, const struct trace_event *event,
                        const void *payload, size_t bytes) {
  (void)unused, (void)event, (void)payload, (void)bytes;
  from_probe = trace_probe_unregister("*", disable_all, NULL);
  CHECK(trace_disable("*") == 2);
}

static void call_from_a_probe(void) {
  CHECK(trace_probe_register("app:one", disable_all, NULL) == 1);
  run(1);
  CHECK(from_probe == -EDEADLK);
  CHECK(trace_probe_unregister("app:one", disable_all, NULL) == 1);
}

enum { threads = 3, times = 300 };
static atomic_bool stop;
static atomic_bool registered[2];
static atomic_int late;

static void check_registered(void *data, const struct trace_event *event,
                             const void *payload, size_t bytes) {
  (void)event, (void)payload, (void)bytes;
  for (volatile int i = 0; i < 50; i++)
    ;
  if (!atomic_load((atomic_bool *)data))
    atomic_fetch_add(&late, 1);
}

static void *fire(void *unused) {
  while (!atomic_load(&stop))
    run(1);
  return unused;
}

static void *come_and_go(void *data) {
  for (int i = 0; i < times; i++) {
    atomic_store((atomic_bool *)data, 1);
    CHECK(trace_probe_register("app:*", check_registered, data) == 2);
    CHECK(trace_probe_unregister("app:*", check_registered, data) == 2);
    atomic_store((atomic_bool *)data, 0);
  }
  return NULL;
}

static void register_while_threads_fire(void) {
  pthread_t firing[threads], other;
  for (int i = 0; i < threads; i++)
    CHECK(pthread_create(&firing[i], NULL, fire, NULL) == 0);
  CHECK(pthread_create(&other, NULL, come_and_go, &registered[1]) == 0);
  come_and_go(&registered[0]);
  pthread_join(other, NULL);
  atomic_store(&stop, 1);
  for (int i = 0; i < threads; i++)
    pthread_join(firing[i], NULL);
  CHECK(atomic_load(&late) == 0);
  CHECK(one_key.enabled == 0 && two_key.enabled == 0);
}

static atomic_bool entered, left;
static void linger(void *data, const struct trace_event *event,
                   const void *payload, size_t bytes) {
  (void)data, (void)event, (void)payload, (void)bytes;
  atomic_store(&entered, 1);
  for (int i = 0; i < 100; i++)
    usleep(1000);
  atomic_store(&left, 1);
}

static void *run_once(void *unused) {
  run(1);
  return unused;
}

static void wait_for_a_running_call(void) {
  pthread_t other;
  CHECK(trace_probe_register("app:one", linger, NULL) == 1);
  CHECK(pthread_create(&other, NULL, run_once, NULL) == 0);
  while (!atomic_load(&entered))
    usleep(100);
  CHECK(trace_probe_unregister("app:one", linger, NULL) == 1);
  CHECK(atomic_load(&left));
  pthread_join(other, NULL);
}

int main(void) {
  see_fields();
  call_from_a_probe();
  wait_for_a_running_call();
  register_while_threads_fire();
  return 0;
}
