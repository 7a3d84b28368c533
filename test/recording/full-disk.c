/* On a disk that is full from the start, or gets full, the program sees no error
 * and no signal (a store into a mapping without a block would be SIGBUS); what is
 * lost is counted exactly, and the recording stays readable. */
// RUN: %cc -O1 -pthread -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: %S/Inputs/small-disk.sh %t.disk 1M %tracepoint record -q -o %t.disk/dir --packet 4K -e app:step -- %t 2>&1 | FileCheck %s --check-prefix=FULL
// FULL: lost: the disk is full, or a quota
// RUN: %tracepoint recover %t.disk.copy
// RUN: %python %S/Inputs/expect.py %t.disk.copy "lost > 0" "len(numbers) + lost == 220000" "bt == len(numbers)"
// RUN: %S/Inputs/small-disk.sh %t.disk 32K %tracepoint record -q -o %t.disk/dir --packet 64K -e app:step -- %t 2>&1 | FileCheck %s --check-prefix=FULL
// RUN: %python %S/Inputs/expect.py %t.disk.copy "lost == 220000" "bt == 0"
// REQUIRES: x86_64, babeltrace2, root
// UNSUPPORTED: sanitized

#include "Inputs/record.h"
#include <pthread.h>

static void *thread(void *unused) {
  record_steps(200000, 20000);
  return unused;
}

int main(void) {
  errno = 0;
  record_steps(0, 200000);
  CHECK(errno == 0);
  pthread_t other;
  CHECK(pthread_create(&other, NULL, thread, NULL) == 0);
  pthread_join(other, NULL);
  return 0;
}
