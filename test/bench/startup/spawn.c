/* spawn ROUNDS PROGRAM...: microseconds from the start to the end of a process
 * of each, the median of all rounds. A round times each program once, behind a
 * start of its own that is not timed: what a process leaves to be done after its
 * end, the next one pays. */
#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double time_of(char *program) {
  char *words[] = {program, NULL};
  pid_t child;
  int status;
  const double start = now();
  if (posix_spawn(&child, program, NULL, NULL, words, environ) != 0 ||
      waitpid(child, &status, 0) != child || status != 0) {
    fprintf(stderr, "spawn: %s failed\n", program);
    exit(1);
  }
  return now() - start;
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  if (argc < 3)
    return fputs("usage: spawn ROUNDS PROGRAM...\n", stderr), 2;
  const int rounds = atoi(argv[1]), programs = argc - 2;
  double *times = calloc((size_t)(rounds * programs), sizeof *times);
  for (int round = 0; round < rounds; round++)
    for (int i = 0; i < programs; i++) {
      time_of(argv[2 + i]);
      times[i * rounds + round] = time_of(argv[2 + i]);
    }
  for (int i = 0; i < programs; i++) {
    qsort(times + i * rounds, (size_t)rounds, sizeof *times, compare);
    printf("%.2f\n", times[i * rounds + rounds / 2]);
  }
  return 0;
}
