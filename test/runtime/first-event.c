/* An enabled event prints ftrace's line; a disabled one prints nothing. */
// RUN: %cc -O2 -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: %t 2>&1 | FileCheck %s
// RUN: env 'TRACE_ENABLE=app:*' %t early 2>&1 | FileCheck --check-prefix=EARLY %s
// REQUIRES: x86_64

#include "Inputs/fixture.h"
#include <stdio.h>
#include <stdlib.h>

FIXTURE_IMAGE;
FIXTURE_EVENT_INT_STRING(greet, "app", "greet");

static __attribute__((noinline)) void greet(int number, const char *text) {
  FIXTURE_TRACE(greet, number, text);
}

int main(int argc, char **argv) {
  (void)argv;
  if (argc > 1) {
    // EARLY: {{^ *[^ ]+-[0-9]+ +\[[0-9]{3}\] \.\.\.\.\. +[0-9]+\.[0-9]{6}: greet: number=9 text=early$}}
    greet(9, "early");
    return 0;
  }
  // CHECK-NOT: greet
  greet(1, "off");
  CHECK(trace_enable("app:greet") == 1);
  // CHECK: {{^ *first-event.c.t-[0-9]+ +\[[0-9]{3}\] \.\.\.\.\. +[0-9]+\.[0-9]{6}: greet: number=2 text=on$}}
  greet(2, "on");
  // CHECK: greet: number=3 text=(null)
  greet(3, NULL);
  // CHECK: greet: number=4 text=a\nb
  greet(4, "a\nb");
  CHECK(trace_disable("app") == 1);
  // CHECK-NOT: greet
  greet(5, "off again");
  return 0;
}
