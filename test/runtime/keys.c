/* Static keys of all four forms switch at 0 and 1 only, and switch back. */
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: %t
// RUN: %cc -O1 -no-pie -fno-pie -Wall -Wextra -Werror -I%include %s -o %t.no-pie %link
// RUN: %t.no-pie
// REQUIRES: x86_64

#include "Inputs/fixture.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

FIXTURE_IMAGE;
TRACE_DEFINE_KEY_FALSE(off);
TRACE_DEFINE_KEY_TRUE(on);

/* point.h's table: first instruction nop for (off, 0) and (on, 1), jmp for
 * (off, 1) and (on, 0). The jump's target is "enabled ^ branch". */
#define BRANCH(name, site, key, branch)                                        \
  static __attribute__((noinline)) int name(void) {                            \
    site(key, branch, jumped);                                                 \
    return 0 != branch;                                                        \
  jumped:                                                                      \
    return 1 != branch;                                                        \
  }
BRANCH(off_unlikely, FIXTURE_SITE, off.key, 0)
BRANCH(on_likely, FIXTURE_SITE, on.key, 1)
BRANCH(off_likely, FIXTURE_SITE_JUMP, off.key, 1)
BRANCH(on_unlikely, FIXTURE_SITE_JUMP, on.key, 0)

static void expect(int off_is_on, int on_is_on) {
  CHECK(off_unlikely() == off_is_on);
  CHECK(off_likely() == off_is_on);
  CHECK(on_unlikely() == on_is_on);
  CHECK(on_likely() == on_is_on);
}

int main(void) {
  expect(0, 1);
  for (int i = 0; i < 3; i++) {
    CHECK(trace_key_enable(&off.key) == 0);
    expect(1, 1);
    CHECK(trace_key_enable(&off.key) == 0);
    CHECK(trace_key_disable(&off.key) == 0);
    expect(1, 1);
    CHECK(trace_key_disable(&on.key) == 0);
    expect(1, 0);
    CHECK(trace_key_disable(&on.key) == -EINVAL);
    CHECK(trace_key_disable(&off.key) == 0);
    expect(0, 0);
    CHECK(trace_key_enable(&on.key) == 0);
    expect(0, 1);
  }
  return 0;
}
