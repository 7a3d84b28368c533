/* Rings are used again: 2,000 threads, of which 20 live at once, need some 20
 * rings, not 2,000; also threads that end while they record, in a destructor, and
 * threads that no library knows of. With a limit of 8 rings, 20 threads at once
 * lose records, and each is counted. */
// RUN: %cc -O1 -pthread -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir -e app:step -- %t 100
// RUN: %python %S/Inputs/expect.py %t.dir "lost == 0" "len(numbers) == 40000" "bt == 40000" "len(processes[0].rings()) <= 40"
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir --memory 2M -e app:step -- %t 5
// RUN: %python %S/Inputs/expect.py %t.dir "lost > 0" "len(numbers) + lost == 2000" "len(processes[0].rings()) == 8"
// REQUIRES: x86_64, babeltrace2
// UNSUPPORTED: sanitized

#include "Inputs/record.h"
#include <pthread.h>

#define THREADS 20

static pthread_key_t at_end;
static pthread_barrier_t all;

static void end(void *value) {
  (void)value;
  record_steps(10, 10);
}

static void *thread(void *value) {
  pthread_setspecific(at_end, value);
  record_steps(0, 10);
  pthread_barrier_wait(&all); /* all of them live at once */
  return NULL;
}

int main(int argc, char **argv) {
  (void)argc;
  pthread_key_create(&at_end, end);
  pthread_barrier_init(&all, NULL, THREADS);
  for (int round = 0; round < atoi(argv[1]); round++) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
      CHECK(pthread_create(&threads[i], NULL, thread, &threads) == 0);
    for (int i = 0; i < THREADS; i++)
      pthread_join(threads[i], NULL);
  }
  return 0;
}
