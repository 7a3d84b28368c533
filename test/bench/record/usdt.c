/* The first event of ours.c by a USDT probe, for a uprobe. */
#include "loop.h"
#include <sys/sdt.h>

static __attribute__((noinline)) void event(int number, uint64_t value) {
  STAP_PROBE2(bench, number, number, value);
}

static void loop(long count) {
  for (long i = 0; i < count; i++)
    event((int)i, (uint64_t)i);
}
