/* A directory that vanishes, or can't be written any more, while it is recorded
 * into costs the program nothing but the records, which are counted. */
// RUN: %cc -O1 -pthread -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: rm -rf %t.dir && env TRACE_ENABLE=app:step TRACE_OUTPUT=%t.dir/ %t %t.dir 2>&1 | FileCheck %s
// CHECK: tracepoint: {{[0-9]+}} records lost: the directory is gone or not accessible (chroot, setuid)
// CHECK-NOT: tracepoint
// REQUIRES: x86_64
// UNSUPPORTED: sanitized

#include "Inputs/record.h"
#include <pthread.h>

static void *thread(void *unused) {
  record_steps(0, 10000);
  return unused;
}

int main(int argc, char **argv) {
  (void)argc;
  char command[4096];
  record_steps(0, 1000);
  snprintf(command, sizeof command, "env -u TRACE_ENABLE rm -rf '%s'", argv[1]);
  CHECK(system(command) == 0);
  errno = 0;
  record_steps(0, 100000);
  CHECK(errno == 0);
  pthread_t other;
  CHECK(pthread_create(&other, NULL, thread, NULL) == 0);
  pthread_join(other, NULL);
  return 0;
}
