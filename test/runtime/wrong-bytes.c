/* A site that holds foreign bytes is refused by name, and nothing changes: the
 * batch's good sites stay as they were, also those of other events. */
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: %t 2>&1 | FileCheck %s
// REQUIRES: x86_64

#include "Inputs/fixture.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

FIXTURE_IMAGE;
FIXTURE_EVENT_INT_STRING(good, "app", "good");
FIXTURE_EVENT_INT_STRING(bad, "app", "bad");
static struct trace_key key;

static __attribute__((noinline)) void run_good(void) {
  FIXTURE_TRACE(good, 1, "good");
}
static __attribute__((noinline)) void run_bad(void) {
  FIXTURE_SITE_BYTES(".byte 0x66,0x0f,0x1f,0x40,0x00", bad_key, 0, slow);
  return;
slow:
  fixture_emit(&fixture_image, &bad_event, 2, "bad");
}
static __attribute__((noinline)) int run_key(void) {
  FIXTURE_SITE(key, 0, on);
  FIXTURE_SITE_BYTES(".byte 0x90,0x90,0x90,0x90,0x90", key, 0, on);
  return 0;
on:
  return 1;
}

int main(void) {
  // CHECK-NOT: good:
  // CHECK: {{.*}}wrong-bytes.c.tmp: site 0x{{[0-9a-f]+}} holds 66 0f 1f 40 00, expected 0f 1f 44 00 00 or e9 {{[0-9a-f ]+}}; nothing was changed
  CHECK(trace_enable("app:*") == -EILSEQ);
  fprintf(stderr, "%s\n", trace_error());
  run_good();
  run_bad();
  CHECK(good_key.enabled == 0 && good_key.wanted == 0);
  CHECK(bad_key.enabled == 0 && bad_key.wanted == 0);

  // CHECK-NEXT: holds 90 90 90 90 90
  CHECK(trace_key_enable(&key) == -EILSEQ);
  fprintf(stderr, "%s\n", trace_error());
  CHECK(key.enabled == 0 && run_key() == 0);

  // CHECK-NEXT: good: number=1
  CHECK(trace_enable("app:good") == 1);
  run_good();
  return 0;
}
