/* Several threads enable and disable at once: each finds what it asked for. */
// RUN: %cc -O1 -pthread -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: %t
// REQUIRES: x86_64

#include "Inputs/fixture.h"
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

FIXTURE_IMAGE;
static struct trace_key mine[4], shared;

#define BRANCH(number)                                                         \
  static __attribute__((noinline)) int is_on_##number(void) {                  \
    FIXTURE_SITE(mine[number], 0, on);                                         \
    return 0;                                                                  \
  on:                                                                          \
    return 1;                                                                  \
  }
BRANCH(0)
BRANCH(1)
BRANCH(2)
BRANCH(3) static int (*const is_on[])(void) = {is_on_0, is_on_1, is_on_2,
                                               is_on_3};

static __attribute__((noinline)) int shared_is_on(void) {
  FIXTURE_SITE(shared, 0, on);
  return 0;
on:
  return 1;
}

static void *run(void *argument) {
  struct trace_key *key = argument;
  int number = (int)((struct trace_key *)key - mine);
  char pattern[16];
  snprintf(pattern, sizeof pattern, "none:%d", number);
  for (int i = 0; i < 500; i++) {
    CHECK(trace_key_enable(key) == 0 && trace_key_enable(&shared) == 0);
    CHECK(is_on[number]() && shared_is_on());
    CHECK(trace_enable(pattern) == 0 && trace_enable("[") == -EINVAL);
    CHECK(trace_disable(pattern) == 0 && *trace_error() == 'b');
    CHECK(trace_key_disable(key) == 0 && trace_key_disable(&shared) == 0);
    CHECK(!is_on[number]());
  }
  return NULL;
}

int main(void) {
  pthread_t thread[4];
  for (int i = 0; i < 4; i++)
    CHECK(pthread_create(&thread[i], NULL, run, &mine[i]) == 0);
  for (int i = 0; i < 4; i++)
    pthread_join(thread[i], NULL);
  CHECK(shared.enabled == 0 && !shared_is_on());
  return 0;
}
