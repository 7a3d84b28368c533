/* An event in a signal handler that interrupted an event is recorded whole, and
 * neither changes errno. */
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: rm -f %t.out && env TRACE_OUTPUT=%t.out %t
// RUN: FileCheck %s < %t.out
// RUN: not grep -v 'number=[0-9]* text=0123456789abcdef$' %t.out
// CHECK: outer: number=
// CHECK: inner: number=
// CHECK: outer: number=
// REQUIRES: x86_64

#define _GNU_SOURCE
#include "Inputs/fixture.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>

FIXTURE_IMAGE;
FIXTURE_EVENT_INT_STRING(outer, "app", "outer");
FIXTURE_EVENT_INT_STRING(inner, "app", "inner");

static volatile sig_atomic_t handled;
static void handle(int number) {
  (void)number;
  handled++;
  FIXTURE_TRACE(inner, handled, "0123456789abcdef");
}

static int depth;
static void nest(void *data, const struct trace_event *event,
                 const void *payload, size_t bytes) {
  (void)data, (void)payload, (void)bytes;
  if (event == &outer_event && depth++ == 0)
    raise(SIGUSR1); /* for certain within an event */
}

int main(void) {
  /* A small stack of its own: records must not need a large one. */
  static char small[16384];
  stack_t stack = {.ss_sp = small, .ss_size = sizeof small};
  CHECK(sigaltstack(&stack, NULL) == 0);
  struct sigaction action = {.sa_handler = handle,
                             .sa_flags = SA_ONSTACK | SA_RESTART};
  CHECK(sigaction(SIGALRM, &action, NULL) == 0);
  CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
  CHECK(trace_enable("app") == 2);
  CHECK(trace_probe_register("app", nest, NULL) == 2);
  FIXTURE_TRACE(outer, 0, "0123456789abcdef");
  CHECK(handled == 1);
  CHECK(trace_probe_unregister("app", nest, NULL) == 2);

  struct itimerval often = {{0, 200}, {0, 200}};
  CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
  for (int i = 0; i < 20000; i++) {
    errno = 4711;
    FIXTURE_TRACE(outer, i, "0123456789abcdef");
    CHECK(errno == 4711);
  }
  CHECK(handled > 10);
  return 0;
}
