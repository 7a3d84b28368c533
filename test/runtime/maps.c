/* No page is writable and executable while sites are toggled, in either way of
 * writing code. */
// RUN: %cc -O1 -pthread -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: %t
// RUN: %t swap
// REQUIRES: x86_64, root
// UNSUPPORTED: sanitized

#define _GNU_SOURCE
#include "Inputs/fixture.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

FIXTURE_IMAGE;
static struct trace_key key;
static atomic_int stop;

static __attribute__((noinline)) int is_on(void) {
  FIXTURE_SITE(key, 0, on);
  return 0;
on:
  return 1;
}

static void *toggle(void *unused) {
  while (!atomic_load(&stop)) {
    CHECK(trace_key_enable(&key) == 0);
    CHECK(is_on());
    CHECK(trace_key_disable(&key) == 0);
  }
  return unused;
}

int main(int argc, char **argv) {
  (void)argv;
  /* Opened while it may be; each read from its start is made anew. */
  int maps = open("/proc/self/maps", O_RDONLY);
  CHECK(maps >= 0);
  if (argc > 1) {
    CHECK(setresuid(65534, 65534, 65534) == 0);
    CHECK(open("/proc/self/mem", O_RDWR) < 0);
  }
  pthread_t toggler;
  CHECK(pthread_create(&toggler, NULL, toggle, NULL) == 0);
  static char text[1 << 16];
  for (int i = 0; i < 500; i++) {
    ssize_t size = 0, count;
    CHECK(lseek(maps, 0, SEEK_SET) == 0);
    while ((count = read(maps, text + size, sizeof text - 1 - size)) > 0)
      size += count;
    text[size] = 0;
    CHECK(strstr(text, " r-xp ") != NULL);
    CHECK(strstr(text, "wx") == NULL);
  }
  atomic_store(&stop, 1);
  pthread_join(toggler, NULL);
  return 0;
}
