/* What finds no room is lost and counted by cause; strings are cut; nested
 * events take slots of their own until none is free. */
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: %t 2>&1 | FileCheck %s
// CHECK: tracepoint: 2 records lost: 1 ran beside too many others, 1 were larger than 8192 bytes, 0 could not be written
// REQUIRES: x86_64

#include "Inputs/fixture.h"
#include <stdio.h>
#include <stdlib.h>

FIXTURE_IMAGE;
FIXTURE_EVENT_INT_STRING(nested, "app", "nested");

static __attribute__((noinline)) void run(int depth) {
  FIXTURE_TRACE(nested, depth, "x");
}

static int deepest;
static void again(void *data, const struct trace_event *event,
                  const void *payload, size_t bytes) {
  (void)data, (void)event, (void)bytes;
  memcpy(&deepest, payload, sizeof deepest);
  run(deepest + 1);
}

static size_t characters;
static void measure(void *data, const struct trace_event *event,
                    const void *payload, size_t bytes) {
  (void)data, (void)event, (void)payload;
  characters = bytes - 6;
}

int main(void) {
  CHECK(trace_probe_register("app", again, NULL) == 1);
  run(1);
  CHECK(deepest == 64);
  CHECK(trace_probe_unregister("app", again, NULL) == 1);

  static char text[5000];
  memset(text, 'a', sizeof text - 1);
  CHECK(trace_probe_register("app", measure, NULL) == 1);
  FIXTURE_TRACE(nested, 1, text);
  CHECK(characters == TRACE_STRING_BYTES_MAX);
  CHECK(fixture_image.reserve(&nested_event, 8193) == NULL);
  CHECK(trace_probe_unregister("app", measure, NULL) == 1);

  /* Off: that's no loss. */
  CHECK(fixture_image.reserve(&nested_event, 6) == NULL);
  return 0;
}
