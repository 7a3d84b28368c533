/* Nobody reads the lines any more: the program goes on as without tracing, and
 * a SIGPIPE of its own still reaches it. */
// RUN: %clang_trace -O1 %s -o %t %link
// RUN: env TRACE_ENABLE='*' %t | FileCheck %s
// CHECK: own SIGPIPE: 0, after its own write: 1
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

__attribute__((trace_point("n=%d"))) void trace_number(int n);

static volatile sig_atomic_t signals;
static void count(int number) {
  (void)number;
  signals++;
}

int main(void) {
  int ends[2];
  if (pipe(ends) != 0 || dup2(ends[1], STDERR_FILENO) < 0)
    return 1;
  close(ends[0]);
  signal(SIGPIPE, count);
  for (int i = 0; i < 10; i++)
    trace_number(i);
  int before = signals;
  if (write(ends[1], "x", 1) >= 0)
    return 1;
  printf("own SIGPIPE: %d, after its own write: %d\n", before, (int)signals);
  return 0;
}
