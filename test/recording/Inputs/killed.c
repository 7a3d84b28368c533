/* PROGRAM COUNTERS MICROSECONDS: four threads record numbers from 0 up as fast as
 * they can, and each says in the file COUNTERS, after each event, how many it has
 * recorded. After so many microseconds the process kills itself. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define THREADS 4

[[trace::point]] void trace_count(unsigned thread, uint64_t number,
                                  const char *text);

static _Atomic uint64_t *recorded;
static pthread_barrier_t start;

static void *run(void *thread) {
  const unsigned self = (unsigned)(uintptr_t)thread;
  static const char *const texts[] = {"", "a", NULL, "a longer text"};
  pthread_barrier_wait(&start);
  for (uint64_t number = 0;; number++) {
    trace_count(self, number, texts[number % 4]);
    atomic_store_explicit(&recorded[self], number + 1, memory_order_release);
  }
}

int main(int argc, char **argv) {
  (void)argc;
  int file = open(argv[1], O_RDWR | O_CREAT | O_TRUNC, 0600);
  if (file < 0 || ftruncate(file, 4096) != 0)
    return 1;
  recorded = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (recorded == MAP_FAILED)
    return 1;
  pthread_barrier_init(&start, NULL, THREADS + 1);
  pthread_t thread;
  for (uintptr_t i = 0; i < THREADS; i++)
    if (pthread_create(&thread, NULL, run, (void *)i) != 0)
      return 1;
  pthread_barrier_wait(&start);
  const long microseconds = atol(argv[2]);
  const struct timespec pause = {microseconds / 1000000,
                                 microseconds % 1000000 * 1000};
  nanosleep(&pause, NULL);
  kill(getpid(), SIGKILL);
  return 1;
}
