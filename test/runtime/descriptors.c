/* A program that closes all its descriptors and opens a file of its own does not
 * find records in it; the output is opened again. */
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: rm -f %t.out %t.own && env TRACE_OUTPUT=%t.out %t %t.own
// RUN: FileCheck %s < %t.out
// CHECK: late: number=1
// CHECK: late: number=2
// RUN: FileCheck --check-prefix=OWN %s < %t.own
// OWN-NOT: late
// OWN: own
// REQUIRES: x86_64

#include "Inputs/fixture.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

FIXTURE_IMAGE;
FIXTURE_EVENT_INT_STRING(late, "app", "late");

int main(int argc, char **argv) {
  CHECK(argc == 2 && trace_enable("app") == 1);
  FIXTURE_TRACE(late, 1, "before");
  for (int fd = 0; fd < 256; fd++)
    close(fd);
  for (int i = 0; i < 8; i++)
    CHECK(open(argv[1], O_WRONLY | O_CREAT | O_APPEND, 0666) == i);
  FIXTURE_TRACE(late, 2, "after");
  for (int fd = 0; fd < 8; fd++)
    CHECK(write(fd, "own\n", 4) == 4);
  return 0;
}
