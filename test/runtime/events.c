/* Events are counted, listed, enabled twice, and the later pattern wins. */
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: %t 2>&1 | FileCheck %s
// REQUIRES: x86_64

#include "Inputs/fixture.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

FIXTURE_IMAGE;
FIXTURE_EVENT_INT_STRING(one, "app", "one");
FIXTURE_EVENT_INT_STRING(two, "app", "two");
FIXTURE_EVENT_INT_STRING(idle, "app", "idle");

static __attribute__((noinline)) void run(int number) {
  FIXTURE_TRACE(one, number, "a");
  FIXTURE_TRACE(one, number, "b");
  FIXTURE_TRACE(two, number, "c");
}

static int list(const struct trace_event_info *event, void *data) {
  ++*(int *)data;
  CHECK(strcmp(event->system, "app") == 0);
  CHECK(strcmp(event->format, "number=%d text=%s") == 0);
  CHECK(strcmp(event->file, "fixture.c") == 0 && event->line == 7);
  fprintf(stderr, "listed %s, %u sites, %s\n", event->name, event->sites,
          event->enabled ? "on" : "off");
  return strcmp(event->name, "two") == 0 ? 42 : 0;
}

int main(void) {
  CHECK(trace_enable("none:*") == 0);
  CHECK(trace_enable("app:*") == 3);
  CHECK(trace_enable("app:*") == 3);
  CHECK(one_key.enabled == 1);
  CHECK(trace_disable("app:two") == 1);
  // CHECK: one: number=1 text=a
  // CHECK-NEXT: one: number=1 text=b
  // CHECK-NOT: two: number=1
  run(1);
  int count = 0;
  // CHECK: listed one, 2 sites, on
  // CHECK-NEXT: listed two, 1 sites, off
  // CHECK-NOT: listed
  CHECK(trace_for_each_event(list, &count) == 42 && count == 2);
  CHECK(trace_disable("*") == 3);
  CHECK(trace_disable("*") == 3);
  CHECK(one_key.enabled == 0 && one_key.wanted == 0);
  run(2);
  // CHECK-NEXT: two: number=3
  CHECK(trace_enable("nothing, :two") == 1);
  run(3);
  // CHECK-NEXT: bad pattern 'app:[': '[' has no ']'
  CHECK(trace_enable("app:[") == -EINVAL);
  fprintf(stderr, "%s\n", trace_error());
  return 0;
}
