/* program COUNT THREADS: each thread's events are numbered. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum state { IDLE, BUSY = 3 };
[[trace::point("n=%d thread=%lu")]] void trace_tick(int n, unsigned long thread);
[[trace::point("text=\"%s\" state=%s x=%g p=%p ok=%d")]]
void trace_text(const char *text, enum state state, double x, void *p, _Bool ok);
[[trace::point]] void trace_signs(signed char a, short b, long c, float f);

static int count;

static void *work(void *argument) {
  for (int i = 0; i < count; ++i) {
    trace_tick(i, (uintptr_t)argument);
    if (i % 8 == 0)
      trace_text(i % 3 ? "a,\"b\"\n\x1b[1m" : i % 48 ? "" : NULL, i % 16 ? BUSY : (enum state)i,
                 i / 3.0, &count, i & 8);
    if (i % 5 == 0)
      trace_signs((signed char)-i, (short)(-i * 100), -(long)i << 40, -0.5f);
  }
  return NULL;
}

int main(int argc, char **argv) {
  pthread_t threads[64];
  count = atoi(argv[1]);
  const int thread_count = atoi(argv[2]);
  for (uintptr_t i = 0; i < (uintptr_t)thread_count; ++i)
    pthread_create(&threads[i], NULL, work, (void *)i);
  for (int i = 0; i < thread_count; ++i)
    pthread_join(threads[i], NULL);
  return argc - 3;
}
