/* Events in a signal handler that interrupts events, inline and in the library,
 * at every place of them: time rises in each packet, no record is torn, and what
 * is missing was counted exactly. */
// RUN: %clang_trace -O2 -D_GNU_SOURCE %s -o %t %link
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir --packet 4K -e signals:step,signals:handled -- %t | tee %t.count
// RUN: %python %S/Inputs/expect.py %t.dir "len(numbers) + lost == sum(map(int, open('%t.count').read().split()))" "bt == len(numbers)" "all(n in (-1, -2) for n in numbers if n < 0)" "[n for n in numbers if n >= 0] == sorted(set(n for n in numbers if n >= 0))"
// REQUIRES: x86_64, babeltrace2
// UNSUPPORTED: sanitized

#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <time.h>

[[trace::point]] void trace_step(int number, const char *text);
[[trace::point]] void trace_handled(int number, const char *text, long more);

static volatile sig_atomic_t handled;

static void handle(int signal) {
  (void)signal;
  trace_handled(-1, "interrupted", 1);
  trace_handled(-2, "", 2);
  handled += 2;
}

int main(void) {
  struct sigaction action = {.sa_handler = handle};
  sigaction(SIGALRM, &action, NULL);
  const struct itimerval often = {{0, 20}, {0, 20}}, never = {{0, 0}, {0, 0}};
  setitimer(ITIMER_REAL, &often, NULL);
  int number = 0;
  /* Until the handler has run often; a machine without time for that ends it. */
  for (clock_t start = clock();
       handled < 20000 && clock() - start < 2 * CLOCKS_PER_SEC;)
    for (int i = 0; i < 16; i++)
      trace_step(number++, "text");
  setitimer(ITIMER_REAL, &never, NULL);
  printf("%d %d\n", number, (int)handled);
  return 0;
}
