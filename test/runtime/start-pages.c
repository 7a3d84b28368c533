/* A program that is linked with the library and does not use it touches, from
 * start to end, at most two pages more than one with an empty library. */
// RUN: echo 'void empty(void) {}' > %t.empty.c
// RUN: %cc -shared -fPIC %t.empty.c -o %t.empty.so
// RUN: %cc -O1 -DNOTHING %s -Wl,--no-as-needed %t.empty.so -o %t.empty
// RUN: %cc -O1 -DNOTHING %s -o %t.shared %link
// RUN: %cc -O1 -Wall -Wextra -Werror %s -o %t
// RUN: %t %t.empty %t.shared
// REQUIRES: x86_64
// UNSUPPORTED: sanitized

#ifdef NOTHING
int main(void) { return 0; }
#else

#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char **environ;

static long faults_of(char *program) {
  char *words[] = {program, NULL};
  pid_t child;
  int status;
  struct rusage usage;
  if (posix_spawn(&child, program, NULL, NULL, words, environ) != 0 ||
      wait4(child, &status, 0, &usage) != child || status != 0) {
    fprintf(stderr, "%s failed\n", program);
    exit(1);
  }
  return usage.ru_minflt + usage.ru_majflt;
}

int main(int argc, char **argv) {
  enum { starts = 100 };
  if (argc != 3)
    return 2;
  /* Where things lie, and so the count, changes a little from start to start. */
  long with_empty = 0, with_library = 0;
  for (int i = 0; i < starts; ++i) {
    with_empty += faults_of(argv[1]);
    with_library += faults_of(argv[2]);
  }
  printf("page faults of %d starts: %ld with an empty library, %ld with this\n",
         starts, with_empty, with_library);
  return with_library > with_empty + 5 * starts / 2;
}
#endif
