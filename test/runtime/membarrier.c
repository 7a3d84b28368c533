/* Where the processors can't be synchronised no code is written, and the error
 * says so. */
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: %t 2>&1 | FileCheck %s
// CHECK: cannot synchronise the processors, so no code was changed: membarrier: Function not implemented (Linux 4.16 has it; a seccomp filter may forbid it)
// REQUIRES: x86_64
// UNSUPPORTED: sanitized

#include "Inputs/fixture.h"
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

FIXTURE_IMAGE;
static struct trace_key key;

static __attribute__((noinline)) int is_on(void) {
  FIXTURE_SITE(key, 0, on);
  return 0;
on:
  return 1;
}

int main(void) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof code / sizeof *code, code};
  CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
  CHECK(trace_key_enable(&key) == -EPERM);
  fprintf(stderr, "%s\n", trace_error());
  CHECK(key.enabled == 0 && !is_on());
  return 0;
}
