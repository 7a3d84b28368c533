/* The floor: read the counter and store 32 bytes into a ring of the thread. With
 * ASM_GOTO or FLAG, behind a site that is on. */
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

#if defined(ASM_GOTO)
static inline int is_on(void) {
  __asm__ goto(".byte 0xe9\n.long %l[on] - . - 4" : : : : on);
  return 0;
on:
  return 1;
}
#elif defined(FLAG)
int flag = 1;
static inline int is_on(void) {
  return __builtin_expect(__atomic_load_n(&flag, __ATOMIC_RELAXED), 0);
}
#else
static inline int is_on(void) { return 1; }
#endif

static void loop(long count) {
  for (long i = 0; i < count; i++)
    if (is_on())
      event((int)i, (uint64_t)i);
}
