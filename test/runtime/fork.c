/* A child of a process whose other threads toggle and trace can toggle and
 * trace itself, with its own code and all slots, and the parent stays as it
 * was. */
// RUN: %cc -O1 -pthread -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: rm -f %t.out && env TRACE_OUTPUT=%t.out %t
// REQUIRES: x86_64

#define _GNU_SOURCE
#include "Inputs/fixture.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

FIXTURE_IMAGE;
FIXTURE_EVENT_INT_STRING(busy, "app", "busy");
static struct trace_key key, parents;
static atomic_bool stop;

static __attribute__((noinline)) int is_on(void) {
  FIXTURE_SITE(key, 0, on);
  return 0;
on:
  return 1;
}
static __attribute__((noinline)) int parents_is_on(void) {
  FIXTURE_SITE(parents, 0, on);
  return 0;
on:
  return 1;
}

static void *toggle(void *unused) {
  while (!atomic_load(&stop)) {
    CHECK(trace_enable("app:*") == 1);
    CHECK(trace_disable("app:*") == 1);
  }
  return unused;
}

static void *fire(void *unused) {
  while (!atomic_load(&stop))
    FIXTURE_TRACE(busy, 1, "thread");
  return unused;
}

static int probed;
static void count(void *data, const struct trace_event *event,
                  const void *payload, size_t bytes) {
  (void)data, (void)event, (void)payload, (void)bytes;
  probed++;
}

static void run_child(void) {
  alarm(20); /* a deadlock ends the test */
  CHECK(!is_on());
  CHECK(trace_key_enable(&key) == 0 && is_on());
  CHECK(trace_key_disable(&key) == 0 && !is_on());
  CHECK(trace_key_enable(&parents) == 0 && parents_is_on());
  CHECK(trace_probe_register("app:*", count, NULL) == 1);
  FIXTURE_TRACE(busy, 2, "child");
  CHECK(probed == 1);
  CHECK(trace_probe_unregister("app:*", count, NULL) == 1);
  exit(0);
}

int main(void) {
  pthread_t thread[3];
  CHECK(pthread_create(&thread[0], NULL, toggle, NULL) == 0);
  CHECK(pthread_create(&thread[1], NULL, fire, NULL) == 0);
  CHECK(pthread_create(&thread[2], NULL, fire, NULL) == 0);
  for (int i = 0; i < 100; i++) {
    pid_t child = fork();
    if (child == 0)
      run_child();
    int status;
    CHECK(child > 0 && waitpid(child, &status, 0) == child && status == 0);
    CHECK(!parents_is_on() && !is_on());
  }
  atomic_store(&stop, 1);
  for (int i = 0; i < 3; i++)
    pthread_join(thread[i], NULL);
  return 0;
}
