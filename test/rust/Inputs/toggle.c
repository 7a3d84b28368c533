// A thread in each language runs through the event while the main thread
// switches it: while it is on both are recorded, and neither while it is off.
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <trace/point.h>

enum { Toggles = 300 };

void c_work(atomic_bool *stop);
void rust_work(atomic_bool *stop);

static atomic_bool stop;
static atomic_ulong hits[3]; // by fd: 1 is C, 2 is Rust

static void *run(void *work) {
  ((void (*)(atomic_bool *))work)(&stop);
  return NULL;
}

static void count(void *data, const struct trace_event *event,
                  const void *payload, size_t bytes) {
  int fd;
  memcpy(&fd, payload, sizeof fd);
  atomic_fetch_add(&hits[fd], 1);
}

int main(void) {
  pthread_t threads[2];
  pthread_create(&threads[0], NULL, run, (void *)c_work);
  pthread_create(&threads[1], NULL, run, (void *)rust_work);
  for (int i = 0; i < Toggles; ++i) {
    unsigned long before[3] = {0, hits[1], hits[2]};
    if (trace_probe_register("net:reply", count, NULL) != 1)
      return printf("%s\n", trace_error()), 1;
    while (hits[1] == before[1] || hits[2] == before[2])
      sched_yield();
    if (trace_probe_unregister("net:reply", count, NULL) != 1)
      return printf("%s\n", trace_error()), 1;
    unsigned long after[3] = {0, hits[1], hits[2]};
    for (int j = 0; j < 10; ++j)
      sched_yield();
    if (hits[1] != after[1] || hits[2] != after[2])
      return puts("recorded while off"), 1;
  }
  stop = true;
  for (int i = 0; i < 2; ++i)
    pthread_join(threads[i], NULL);
  puts("toggled");
}
