/* When a batch fails on its second page, what was changed on the first is taken
 * back. */
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: %t
// REQUIRES: x86_64, root
// UNSUPPORTED: sanitized

#define _GNU_SOURCE
#include "Inputs/fixture.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

FIXTURE_IMAGE;
static struct trace_key key;

enum { page_bytes = 4096, call_mseal = 462 };

#define BRANCH(name)                                                           \
  static __attribute__((noinline, aligned(4096))) int name(void) {             \
    FIXTURE_SITE(key, 0, on);                                                  \
    return 0;                                                                  \
  on:                                                                          \
    return 1;                                                                  \
  }
BRANCH(first)
BRANCH(second)
static __attribute__((noinline, aligned(4096))) void last(void) {
  __asm__ volatile("");
}

int main(void) {
  last();
  char *low = (char *)first, *high = (char *)second;
  if (low > high) {
    low = (char *)second;
    high = (char *)first;
  }
  CHECK(high - low >= page_bytes && (uintptr_t)high % page_bytes == 0);
  CHECK(trace_key_enable(&key) == 0 && first() && second());
  CHECK(trace_key_disable(&key) == 0 && !first() && !second());

  if (syscall(call_mseal, high, page_bytes, 0) != 0)
    return 0; /* before Linux 6.10 nothing can be sealed */
  CHECK(setresuid(65534, 65534, 65534) == 0); /* so only the swap is left */
  static char before[page_bytes];
  memcpy(before, low, page_bytes);
  CHECK(trace_key_enable(&key) == -EPERM);
  CHECK(strstr(trace_error(), "mseal") && !strstr(trace_error(), "left off"));
  CHECK(key.enabled == 0 && !first() && !second());
  CHECK(memcmp(before, low, page_bytes) == 0);
  return 0;
}
