/* Events of a library that is unloaded while they are enabled stay readable, and
 * one that is loaded again has the same ids: metadata does not grow. */
// RUN: %cc -O1 -shared -fPIC -Wall -Wextra -Werror -I%include %S/Inputs/library.c -o %t.so
// RUN: %cc -O1 -Wall -Wextra -Werror -I%include %s -o %t %link -ldl
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir -e app:step -- %t %t.so
// RUN: %python %S/Inputs/expect.py %t.dir "lost == 0" "numbers == list(range(200))" "bt == 200" "len(processes[0].events) == 1"
// REQUIRES: x86_64, babeltrace2
// UNSUPPORTED: sanitized

#include "Inputs/record.h"
#include <dlfcn.h>

int main(int argc, char **argv) {
  (void)argc;
  for (int i = 0; i < 100; i++) {
    void *library = dlopen(argv[1], RTLD_NOW);
    CHECK(library);
    void (*run)(int) = (void (*)(int))dlsym(library, "run");
    CHECK(run);
    record_steps(2 * i, 1);
    run(2 * i + 1);
    dlclose(library);
  }
  return 0;
}
