/* An event is no cancellation point: a thread that is to be cancelled runs on to
 * one of its own. */
// RUN: %cc -O1 -pthread -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: rm -f %t.out && env TRACE_OUTPUT=%t.out %t
// REQUIRES: x86_64

#include "Inputs/fixture.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

FIXTURE_IMAGE;
FIXTURE_EVENT_INT_STRING(event, "app", "event");
static atomic_int passed;

static void *run(void *unused) {
  pthread_cancel(pthread_self());
  FIXTURE_TRACE(event, 1, "text");
  atomic_store(&passed, 1);
  pthread_testcancel();
  atomic_store(&passed, 2);
  return unused;
}

int main(void) {
  CHECK(trace_enable("app") == 1);
  pthread_t thread;
  void *result;
  CHECK(pthread_create(&thread, NULL, run, NULL) == 0);
  CHECK(pthread_join(thread, &result) == 0);
  CHECK(result == PTHREAD_CANCELED && atomic_load(&passed) == 1);
  return 0;
}
