/* What every variant of the benchmark shares: threads that run a body in a loop,
 * and the median of the times. */
#ifndef LOOP_H
#define LOOP_H

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static pthread_barrier_t start, end;
static long events;
static int threads;

static void loop(long count);

static double now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void *run(void *spent) {
  loop(events / 16); /* warm */
  pthread_barrier_wait(&start);
  const double from = now(CLOCK_THREAD_CPUTIME_ID);
  loop(events);
  *(double *)spent = now(CLOCK_THREAD_CPUTIME_ID) - from;
  pthread_barrier_wait(&end);
  return NULL;
}

/* PROGRAM EVENTS THREADS: prints nanoseconds an event of one thread, first those
 * that passed, then those that its processor worked for it, in the kernel, too;
 * on a busy machine only the latter say something. */
int main(int argc, char **argv) {
  events = argc > 1 ? atol(argv[1]) : 1000000;
  threads = argc > 2 ? atoi(argv[2]) : 1;
  pthread_barrier_init(&start, NULL, (unsigned)threads + 1);
  pthread_barrier_init(&end, NULL, (unsigned)threads + 1);
  pthread_t thread[64];
  double spent[64], work = 0;
  for (int i = 0; i < threads; i++)
    pthread_create(&thread[i], NULL, run, &spent[i]);
  pthread_barrier_wait(&start);
  const double from = now(CLOCK_MONOTONIC);
  pthread_barrier_wait(&end);
  const double to = now(CLOCK_MONOTONIC);
  for (int i = 0; i < threads; i++) {
    pthread_join(thread[i], NULL);
    work += spent[i] / threads;
  }
  printf("%.3f %.3f\n", (to - from) / (double)events, work / (double)events);
  return 0;
}

#endif
