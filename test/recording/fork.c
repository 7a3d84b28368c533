/* Children made by fork, by a raw system call and by vfork: fork's and the raw
 * call's record into directories of their own, at once and without any call of
 * the library's; vfork's, which has its parent's memory, as its parent. Nothing is
 * lost, nothing is twice, no child writes into its parent's rings. */
// RUN: %cc -O1 -pthread -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir -e app:step -- %t
// RUN: %python %S/Inputs/expect.py %t.dir "len(names) == 4" "lost == 0" "bt == 6102" "numbers == list(range(2101)) + list(range(3000, 7000)) + [9000]"
// RUN: rm -rf %t.dir && %tracepoint record -q --no-children -o %t.dir -e app:step -- %t
// RUN: %python %S/Inputs/expect.py %t.dir "len(names) == 1" "lost == 0" "numbers == list(range(2101))"
// REQUIRES: x86_64, babeltrace2
// UNSUPPORTED: sanitized

#include "Inputs/record.h"
#include <pthread.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static void *thread(void *unused) {
  record_steps(5000, 1000);
  return unused;
}

static void wait_for(pid_t child) {
  int status;
  CHECK(child > 0 && waitpid(child, &status, 0) == child && status == 0);
}

/* By fork: exits in order; has a thread of its own, and a child of its own. */
static void run_child(void) {
  pthread_t other;
  record_steps(3000, 2000);
  CHECK(pthread_create(&other, NULL, thread, NULL) == 0);
  pthread_join(other, NULL);
  pid_t grandchild = fork();
  if (grandchild == 0) {
    record_steps(6000, 1000);
    exit(0);
  }
  wait_for(grandchild);
  exit(0);
}

int main(void) {
  record_steps(0, 1000);
  pid_t child = fork();
  if (child == 0)
    run_child();
  wait_for(child);

  child = (pid_t)syscall(SYS_fork);
  if (child == 0) {
    record_steps(9000, 1);
    _exit(0);
  }
  record_steps(1000, 1000);
  wait_for(child);

  child = vfork();
  if (child == 0) {
    record_steps(2000, 100);
    _exit(0);
  }
  wait_for(child);
  record_steps(2100, 1);

  /* A child that records nothing leaves nothing. */
  child = fork();
  if (child == 0)
    _exit(0);
  wait_for(child);
  return 0;
}
