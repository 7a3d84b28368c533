/* The floor: read the counter and store 32 bytes into a ring of the thread. */
#include "loop.h"
#include <x86intrin.h>

#define RING_BYTES (128 * 1024)
struct record {
  uint64_t time, number, value, more;
};
static __thread struct record ring[RING_BYTES / sizeof(struct record)];
static __thread unsigned long next;

static __attribute__((noinline)) void event(int number, uint64_t value) {
  struct record *to = &ring[next++ % (RING_BYTES / sizeof(struct record))];
  to->time = __rdtsc();
  to->number = (uint64_t)number;
  to->value = value;
  to->more = 1;
  __asm__ volatile("" : : "r"(to) : "memory");
}

static void loop(long count) {
  for (long i = 0; i < count; i++)
    event((int)i, (uint64_t)i);
}
