/* A worker that drops root, or changes its root directory, goes on recording into
 * the ring that it has, and what it can no longer write out is counted as lost; a
 * thread that it makes afterwards can't have a ring, and is counted, too. No
 * record is torn, and the program sees no error and no signal. */
// RUN: %cc -O1 -pthread -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir --packet 4K -e app:step -- %t user
// RUN: %python %S/Inputs/expect.py %t.dir "lost > 0" "len(numbers) + lost == 12000" "set(range(500)) <= set(numbers)" "9999 in numbers"
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir --packet 4K -e app:step -- %t root
// RUN: %python %S/Inputs/expect.py %t.dir "lost > 0" "len(numbers) + lost == 12000" "set(range(500)) <= set(numbers)" "9999 in numbers"
// REQUIRES: x86_64, babeltrace2, root
// UNSUPPORTED: sanitized

#include "Inputs/record.h"
#include <pthread.h>
#include <string.h>

static void *thread(void *unused) {
  record_steps(10000, 2000);
  return unused;
}

int main(int argc, char **argv) {
  (void)argc;
  record_steps(0, 1000);
  if (strcmp(argv[1], "user") == 0)
    CHECK(setgid(65534) == 0 && setuid(65534) == 0);
  else
    CHECK(chroot("/proc/self/fdinfo") == 0 && chdir("/") == 0);
  errno = 0;
  record_steps(1000, 9000);
  CHECK(errno == 0);
  pthread_t other;
  CHECK(pthread_create(&other, NULL, thread, NULL) == 0);
  pthread_join(other, NULL);
  return 0;
}
