// A program that was started plainly. At each SIGUSR1 it forks a worker, whose
// events are numbered, by its own number and from 0; it has none itself. A
// worker makes a child by vfork, too, which has an event before it ends. On
// SIGTERM a worker ends, and the program when it has ended its workers.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

[[trace::point("n=%lu")]] void trace_tick(unsigned long n);

static volatile sig_atomic_t ends;
static void end(int signal) {
  (void)signal;
  ends = 1;
}

__attribute__((noinline)) static void vforked(unsigned long n) {
  if (vfork() == 0) {
    trace_tick(n);
    _exit(0);
  }
}

static void work(unsigned long number, const sigset_t *set) {
  const struct timespec pause = {0, 200000};
  signal(SIGTERM, end);
  sigprocmask(SIG_UNBLOCK, set, NULL);
  unsigned long n = 0;
  for (; !ends; ++n) {
    if (n == 5)
      vforked(number << 48 | n);
    else
      trace_tick(number << 48 | n);
    nanosleep(&pause, NULL);
  }
  exit(0);
}

int main(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  puts("ready");
  fflush(stdout);
  pid_t workers[16];
  unsigned count = 0;
  for (int signal; sigwait(&set, &signal) == 0 && signal == SIGUSR1;) {
    const pid_t child = fork();
    if (child == 0)
      work(count, &set);
    workers[count++] = child;
    printf("%d\n", (int)child);
    fflush(stdout);
  }
  for (unsigned i = 0; i < count; ++i) {
    kill(workers[i], SIGTERM);
    waitpid(workers[i], NULL, 0);
  }
}
