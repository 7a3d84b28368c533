/* A process that becomes another program has a directory for each; what the first
 * had in its rings when it went is not lost. */
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir -e app:step -- %t 0
// RUN: %python %S/Inputs/expect.py %t.dir "len(names) == 3" "lost == 0" "bt == 3000" "numbers == list(range(3000))" "names[1] == names[0] + '.1' and names[2] == names[0] + '.2'"
// RUN: rm -rf %t.dir && %tracepoint record -q --no-children -o %t.dir -e app:step -- %t 0
// RUN: %python %S/Inputs/expect.py %t.dir "len(names) == 1" "numbers == list(range(1000))"
// REQUIRES: x86_64, babeltrace2
// UNSUPPORTED: sanitized

#include "Inputs/record.h"

int main(int argc, char **argv) {
  (void)argc;
  int first = atoi(argv[1]);
  record_steps(first, 1000);
  if (first == 2000)
    return 0;
  char next[16];
  snprintf(next, sizeof next, "%d", first + 1000);
  execl("/proc/self/exe", argv[0], next, (char *)NULL);
  return 1;
}
