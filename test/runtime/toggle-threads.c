/* 1,000 sites, wherever they lie, are toggled 10,000 times while 4 threads run
 * through them, every other time in three steps, otherwise in one, and as often
 * ten that lie in one word each: no crash, no jump to a wrong place, no hit of a
 * site that is off. By page swap, too, though fewer times. */
// RUN: %cc -O1 -pthread -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: %t
// RUN: %t swap
// REQUIRES: x86_64, root
// UNSUPPORTED: sanitized

#define _GNU_SOURCE
#include "Inputs/fixture.h"
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

FIXTURE_IMAGE;

enum {
  threads = 4,
  toggles = 10000,
  swap_toggles = 400,
  sites = 1000,
  check_each = 200
};
static struct trace_key toggled, in_word, never;

struct counts {
  _Alignas(64) atomic_ulong rounds;
  atomic_ulong hits;
  atomic_ulong wrong;
};
static struct counts counts[threads];
static atomic_bool stop;

/* `expected` is the site's number when the slow path is the site's own. */
#define SITE(key, hit)                                                         \
  do {                                                                         \
    __label__ slow, done;                                                      \
    expected = __COUNTER__;                                                    \
    FIXTURE_SITE(key, 0, slow);                                                \
    goto done;                                                                 \
  slow:                                                                        \
    hit;                                                                       \
    *wrong += expected != __COUNTER__ - 1;                                     \
  done:                                                                        \
    passes++;                                                                  \
  } while (0);
#define ONE SITE(toggled, hits++)
#define TEN ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define NEVER SITE(never, ++*wrong)
#define IN_WORD                                                                \
  __asm__ volatile(".balign 8");                                               \
  SITE(in_word, hits++)
#define TEN_IN_WORD                                                            \
  IN_WORD IN_WORD IN_WORD IN_WORD IN_WORD IN_WORD IN_WORD IN_WORD IN_WORD      \
      IN_WORD

static __attribute__((noinline)) unsigned long run_sites(unsigned long *wrong) {
  volatile int expected;
  unsigned long hits = 0, passes = 0;
  HUNDRED NEVER HUNDRED NEVER HUNDRED NEVER HUNDRED NEVER HUNDRED NEVER HUNDRED
      NEVER HUNDRED NEVER HUNDRED NEVER HUNDRED NEVER HUNDRED
          NEVER TEN_IN_WORD *wrong += passes != sites + 20;
  return hits;
}

/* Whose first change needs three steps, and with it that of its batch. Run by
 * nobody, so it can become again what the compiler left. */
static __attribute__((noinline, aligned(4096))) int unchanged(void) {
  __asm__ volatile(".balign 8\n.fill 6, 1, 0x90");
  FIXTURE_SITE(toggled, 0, on);
  return 0;
on:
  return 1;
}

static void make_unchanged(void) {
  enum { page_bytes = 4096, offset = 6 };
  static const unsigned char nop[] = {0x0f, 0x1f, 0x44, 0x00, 0x00};
  unsigned char *code = (unsigned char *)unchanged;
  while (code[0] != 0x90 || code[offset - 1] != 0x90)
    code++;
  code += offset;
  CHECK((uintptr_t)code % 8 == offset);
  CHECK(code[0] == nop[0] || code[0] == 0xa9);
  CHECK(mprotect(unchanged, page_bytes, PROT_READ | PROT_WRITE | PROT_EXEC) ==
        0);
  memcpy(code, nop, sizeof nop);
  CHECK(mprotect(unchanged, page_bytes, PROT_READ | PROT_EXEC) == 0);
}

static void *run(void *argument) {
  struct counts *mine = argument;
  while (!atomic_load(&stop)) {
    unsigned long wrong = 0, hits = run_sites(&wrong);
    atomic_fetch_add(&mine->hits, hits);
    atomic_fetch_add(&mine->wrong, wrong);
    atomic_fetch_add(&mine->rounds, 1);
  }
  return NULL;
}

/* Each thread has begun and ended a round since. */
static void wait_for_rounds(void) {
  for (int i = 0; i < threads; i++) {
    unsigned long begun = atomic_load(&counts[i].rounds);
    while (atomic_load(&counts[i].rounds) < begun + 2)
      sched_yield();
  }
}

static unsigned long all_hits(void) {
  unsigned long hits = 0;
  for (int i = 0; i < threads; i++)
    hits += atomic_load(&counts[i].hits);
  return hits;
}

int main(int argc, char **argv) {
  (void)argv;
  if (argc > 1) { /* no longer dumpable */
    CHECK(setresuid(65534, 65534, 65534) == 0);
    CHECK(open("/proc/self/mem", O_RDWR) < 0);
  }
  const int count = argc > 1 ? swap_toggles : toggles;
  pthread_t thread[threads];
  for (int i = 0; i < threads; i++)
    CHECK(pthread_create(&thread[i], NULL, run, &counts[i]) == 0);

  for (int i = 0; i < count; i += 2) {
    if (i % 4 == 0)
      make_unchanged();
    CHECK(trace_key_enable(&toggled) == 0);
    CHECK(trace_key_enable(&in_word) == 0);
    if (i % check_each == 0) {
      unsigned long before = all_hits();
      wait_for_rounds();
      CHECK(all_hits() > before);
    }
    CHECK(trace_key_disable(&toggled) == 0);
    CHECK(trace_key_disable(&in_word) == 0);
    if (i % check_each == 0) {
      wait_for_rounds(); /* who was behind a site has come back */
      unsigned long before = all_hits();
      wait_for_rounds();
      CHECK(all_hits() == before);
    }
  }
  atomic_store(&stop, 1);
  for (int i = 0; i < threads; i++) {
    pthread_join(thread[i], NULL);
    CHECK(atomic_load(&counts[i].wrong) == 0);
  }
  return 0;
}
