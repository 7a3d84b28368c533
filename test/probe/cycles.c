/* 100,000 probes come and go while four threads fire: none is called outside its
 * attachment, with other arguments than its event's, or after its memory is
 * freed. Of them, each hundredth is the only one, so that code is patched. */
// RUN: %clang_trace -O2 -pthread -Wall -Wextra -Werror %s -o %t %link
// RUN: %t
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <trace/probe.h>

#define CHECK(x) ((x) ? (void)0 : (fprintf(stderr, "%d: %s: %s\n", __LINE__, #x, trace_error()), abort()))

[[trace::point]] void trace_number(unsigned long n, unsigned long twice);

enum { threads = 4, cycles = 100000 };
static atomic_bool stop;
static atomic_ulong calls;

struct attached {
  atomic_bool alive;
  unsigned long calls;
};

static void on_number(void *data, unsigned long n, unsigned long twice) {
  struct attached *self = data;
  if (!atomic_load(&self->alive) || twice != 2 * n)
    abort();
  atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
}
static void stays(void *data, unsigned long n, unsigned long twice) {
  if (data || twice != 2 * n)
    abort();
}

static void *fire(void *unused) {
  for (unsigned long n = 0; !atomic_load_explicit(&stop, memory_order_relaxed); n++) {
    trace_number(n, 2 * n);
    for (volatile int pause = 0; pause < 300; pause++)
      ;
  }
  return unused;
}

static void come_and_go(void) {
  struct attached *probe = malloc(sizeof *probe);
  CHECK(probe);
  atomic_init(&probe->alive, 1);
  CHECK(trace_probe_attach(trace_number, on_number, probe) == 1);
  CHECK(trace_probe_detach(trace_number, on_number, probe) == 1);
  atomic_store(&probe->alive, 0);
  free(probe);
}

int main(void) {
  pthread_t firing[threads];
  for (int i = 0; i < threads; i++)
    CHECK(pthread_create(&firing[i], NULL, fire, NULL) == 0);
  CHECK(trace_probe_attach(trace_number, stays, NULL) == 1);
  for (int i = 0; i < cycles; i++) {
    bool alone = i % 100 == 0;
    if (alone)
      CHECK(trace_probe_detach(trace_number, stays, NULL) == 1);
    come_and_go();
    if (alone)
      CHECK(trace_probe_attach(trace_number, stays, NULL) == 1);
  }
  CHECK(trace_probe_detach(trace_number, stays, NULL) == 1);
  CHECK(!trace_enabled(trace_number));
  atomic_store(&stop, 1);
  for (int i = 0; i < threads; i++)
    pthread_join(firing[i], NULL);
  CHECK(atomic_load(&calls) > 0);
  return 0;
}
