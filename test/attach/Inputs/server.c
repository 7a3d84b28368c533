// A program that was started plainly. Four threads run events as fast as they
// can, each with numbers of its own; four more wait in system calls with a
// timeout, which a signal or a stop would end early with EINTR. On SIGTERM,
// held back and asked for by main, it says how often that happened, and ends.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

[[trace::point("n=%lu")]] void trace_tick(unsigned long n);
[[trace::point("thread=%d text=\"%s\" data=%s size=%u")]] void
trace_slow(int thread, const char *text,
           [[trace::bytes("size")]] const void *data, unsigned size);

static atomic_bool stop;
static atomic_long interrupted, calls;
static long pause_ns;

static void *work(void *data) {
  const int thread = (int)(long)data;
  const struct timespec pause = {0, pause_ns};
  for (unsigned long n = 0; !stop; ++n) {
    trace_tick((unsigned long)thread << 48 | n);
    if (n % 1000 == 0)
      trace_slow(thread, "a text", &n, sizeof n);
    if (pause_ns && nanosleep(&pause, NULL) != 0)
      ++interrupted;
  }
  return NULL;
}

static void check(int failed) {
  ++calls;
  if (failed && errno == EINTR)
    ++interrupted;
}

static void *in_epoll(void *data) {
  (void)data;
  const int queue = epoll_create1(0);
  struct epoll_event event;
  while (!stop)
    check(epoll_wait(queue, &event, 1, 20) < 0);
  return NULL;
}

static void *in_recv(void *data) {
  (void)data;
  int ends[2];
  socketpair(AF_UNIX, SOCK_DGRAM, 0, ends);
  const struct timeval timeout = {0, 20000};
  setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  char byte;
  while (!stop)
    check(recv(ends[0], &byte, 1, 0) < 0);
  return NULL;
}

static void *in_sigtimedwait(void *data) {
  (void)data;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR2);
  const struct timespec timeout = {0, 20000000};
  while (!stop)
    check(sigtimedwait(&set, NULL, &timeout) < 0);
  return NULL;
}

static void *in_nanosleep(void *data) {
  (void)data;
  const struct timespec timeout = {0, 20000000};
  while (!stop)
    check(nanosleep(&timeout, NULL) < 0);
  return NULL;
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "undumpable") == 0)
    prctl(PR_SET_DUMPABLE, 0);
  else if (argc > 1)
    pause_ns = atol(argv[1]);
  sigset_t end;
  sigemptyset(&end);
  sigaddset(&end, SIGTERM);
  sigaddset(&end, SIGUSR2);
  pthread_sigmask(SIG_BLOCK, &end, NULL);
  sigdelset(&end, SIGUSR2);
  void *(*const waits[])(void *) = {in_epoll, in_recv, in_sigtimedwait,
                                    in_nanosleep};
  pthread_t threads[8];
  for (long i = 0; i < 4; ++i) {
    pthread_create(&threads[i], NULL, work, (void *)i);
    pthread_create(&threads[4 + i], NULL, waits[i], NULL);
  }
  puts("ready");
  fflush(stdout);
  int signal;
  sigwait(&end, &signal);
  stop = true;
  for (int i = 0; i < 8; ++i)
    pthread_join(threads[i], NULL);
  printf("%ld interrupted of %s calls\n", interrupted,
         calls > 0 ? "some" : "no");
}
