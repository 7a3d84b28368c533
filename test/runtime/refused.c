/* Where code can't be written the usual way the page swap does it, and where
 * neither works the error names the cause and nothing has changed. */
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: rm -rf %t.jail && mkdir %t.jail
// RUN: %t plain
// RUN: %t not-dumpable
// RUN: %t setuid
// RUN: %t chroot %t.jail
// RUN: %t mdwe
// RUN: %t sealed
// RUN: %t not-dumpable mdwe 2>&1 | FileCheck --check-prefix=NOT-DUMPABLE %s
// NOT-DUMPABLE: cannot write code: open /proc/self/mem: Permission denied (the process is not dumpable, after setuid, setgid or PR_SET_DUMPABLE 0); mprotect of a changed copy: Permission denied (PR_SET_MDWE forbids new code pages)
// RUN: %t setuid mdwe 2>&1 | FileCheck --check-prefix=NOT-DUMPABLE %s
// RUN: %t chroot %t.jail mdwe 2>&1 | FileCheck --check-prefix=CHROOT %s
// CHROOT: cannot write code: open /proc/self/mem: No such file or directory (no /proc is mounted here, as in a chroot); mprotect of a changed copy: Permission denied (PR_SET_MDWE
// RUN: %t sealed not-dumpable 2>&1 | FileCheck --check-prefix=SEALED %s
// SEALED: cannot write code: open /proc/self/mem: {{.*}}; mremap of a changed copy: Operation not permitted (the code is sealed by mseal)
// REQUIRES: x86_64, root
// UNSUPPORTED: sanitized

#define _GNU_SOURCE
#include "Inputs/fixture.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

FIXTURE_IMAGE;
static struct trace_key key;

static __attribute__((noinline)) int is_on(void) {
  FIXTURE_SITE(key, 0, on);
  return 0;
on:
  return 1;
}

enum { set_mdwe = 65, mdwe_refuse_exec_gain = 1, call_mseal = 462 };

/* 0: this kernel hasn't got it, so there is nothing to test. */
static int seal_code(void) {
  uintptr_t page = (uintptr_t)is_on / 4096 * 4096;
  return syscall(call_mseal, page, 4096, 0) == 0;
}

int main(int argc, char **argv) {
  int proc = 1, swap = 1;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "not-dumpable") == 0) {
      CHECK(prctl(PR_SET_DUMPABLE, 0) == 0);
      /* root may write all the same; its capabilities go too */
      CHECK(setresuid(65534, 65534, 65534) == 0);
      CHECK(prctl(PR_SET_DUMPABLE, 0) == 0);
      proc = 0;
    } else if (strcmp(argv[i], "setuid") == 0) {
      CHECK(setresgid(65534, 65534, 65534) == 0);
      CHECK(setresuid(65534, 65534, 65534) == 0);
      proc = 0;
    } else if (strcmp(argv[i], "chroot") == 0) {
      CHECK(chroot(argv[++i]) == 0 && chdir("/") == 0);
      proc = 0;
    } else if (strcmp(argv[i], "mdwe") == 0) {
      if (prctl(set_mdwe, mdwe_refuse_exec_gain, 0, 0, 0) == 0)
        swap = 0;
    } else if (strcmp(argv[i], "sealed") == 0) {
      if (seal_code())
        swap = 0;
    }
  }
  for (int i = 0; i < 3; i++) {
    if (!proc && !swap) {
      CHECK(trace_key_enable(&key) == -EPERM);
      CHECK(key.enabled == 0 && !is_on());
      if (i == 0)
        fprintf(stderr, "%s\n", trace_error());
      continue;
    }
    CHECK(trace_key_enable(&key) == 0);
    CHECK(is_on());
    CHECK(trace_key_disable(&key) == 0);
    CHECK(!is_on());
  }
  return 0;
}
