/* --safe-strings: strings with bad addresses, without an end in readable memory,
 * and over a page's end. */
// RUN: %clang_trace -O2 -D_GNU_SOURCE %s -o %t %link
// RUN: rm -rf %t.dir && %tracepoint record -q --safe-strings -o %t.dir -e '*:text' -- %t
// RUN: %python %S/Inputs/expect.py --texts %t.dir "texts == ['(null)', '(bad address)', ' ', 'over the edge', 'x' * 16, 'y' * 1024, 'plain']"
// RUN: rm -rf %t.sized && %tracepoint record -q --safe-strings -o %t.sized -e '*:sized' -- %t
// RUN: %tracepoint view %t.sized | FileCheck --check-prefix=SIZED %s
// SIZED: sized: data=(bad address) n=8 text=(bad address)
// SIZED: sized: data=(bad address) n=17 text=(bad address)
// SIZED: sized: data=78 78 78 n=3 text=xxx
// SIZED: sized: data=(null) n=3 text=(null)
// REQUIRES: x86_64, babeltrace2
// UNSUPPORTED: sanitized

#include <string.h>
#include <sys/mman.h>

[[trace::point]] void trace_text(const char *text);
[[trace::point]]
void trace_sized([[trace::bytes("n")]] const void *data, int n, [[trace::bytes("n")]] const char *text);

int main(void) {
  char *pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  munmap(pages + 2 * 4096, 4096);
  static char longer[2048];
  memset(longer, 'y', sizeof longer - 1);
  strcpy(pages + 4096 - 5, "over the edge");
  memset(pages + 2 * 4096 - 16, 'x', 16);
  trace_text(NULL);
  trace_text((const char *)64);
  trace_text("");
  trace_text(pages + 4096 - 5);
  trace_text(pages + 2 * 4096 - 16);
  trace_text(longer);
  trace_text("plain");
  char *end = pages + 2 * 4096;
  trace_sized((void *)64, 8, (char *)64);
  trace_sized(end - 16, 17, end - 16);
  trace_sized(end - 3, 3, end - 3);
  trace_sized(NULL, 3, NULL);
  return 0;
}
