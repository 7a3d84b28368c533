// Executes leaf() instruction by instruction and prints how many there were,
// and how many of them moved the stack pointer, its return not counted. The
// second call counts: the first may initialise something.
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

unsigned long leaf(unsigned long a, unsigned long b, unsigned long c,
                   unsigned long d);

static volatile unsigned long result;

static void child(void) {
  ptrace(PTRACE_TRACEME, 0, NULL, NULL);
  raise(SIGSTOP);
  result = leaf(1, 2, 3, 4);
  result = leaf(5, 6, 7, 8);
  _exit(0);
}

int main(void) {
  pid_t pid = fork();
  if (pid == 0)
    child();
  int status, calls = 0, inside = 0;
  unsigned long instructions = 0, stack = 0, entry_rsp = 0;
  struct user_regs_struct now, before = {0};
  while (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status)) {
    if (ptrace(PTRACE_GETREGS, pid, NULL, &now))
      return perror("ptrace"), 1;
    if (!inside && now.rip == (unsigned long)leaf) {
      inside = ++calls;
      entry_rsp = now.rsp;
    } else if (inside && now.rsp > entry_rsp) { // it has returned
      inside = 0;
      if (calls == 2)
        ++instructions;
    } else if (inside == 2) {
      ++instructions;
      stack += now.rsp != before.rsp;
    }
    before = now;
    ptrace(PTRACE_SINGLESTEP, pid, NULL, NULL);
  }
  if (calls != 2 || !WIFEXITED(status))
    return fprintf(stderr, "leaf() was called %d times\n", calls), 1;
  printf("%lu %lu\n", instructions, stack);
}
