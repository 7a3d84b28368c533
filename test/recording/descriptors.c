/* A program that closes every descriptor, and whose own files then have the
 * numbers that ours had, is recorded without loss, and nothing is written into
 * its files; nor does it find one of ours open. */
// RUN: %cc -O1 -pthread -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir --packet 4K -e app:step -- %t %t.file
// RUN: %python %S/Inputs/expect.py %t.dir "lost == 0" "bt == 20000" "numbers == list(range(20000))"
// REQUIRES: x86_64, babeltrace2
// UNSUPPORTED: sanitized

#include "Inputs/record.h"
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>

#define FILES 64

static void check_none_open(void) {
  for (int i = 3; i < 1024; i++)
    CHECK(fcntl(i, F_GETFD) == -1 && errno == EBADF);
}

static void *thread(void *unused) {
  record_steps(10000, 10000);
  return unused;
}

int main(int argc, char **argv) {
  (void)argc;
  record_steps(0, 5000);
  check_none_open();
  for (int i = 3; i < 1024; i++)
    close(i);
  int files[FILES];
  for (int i = 0; i < FILES; i++)
    CHECK((files[i] = open(argv[1], O_RDWR | O_CREAT | O_TRUNC, 0600)) >= 0);
  record_steps(5000, 5000);
  pthread_t other;
  CHECK(pthread_create(&other, NULL, thread, NULL) == 0);
  pthread_join(other, NULL);
  for (int i = 0; i < FILES; i++) {
    struct stat status;
    CHECK(fstat(files[i], &status) == 0 && status.st_size == 0);
    close(files[i]);
  }
  check_none_open();
  return 0;
}
