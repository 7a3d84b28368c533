/* In a file of C that declares traced functions and no event, a probe of one is
 * checked, too. */
// RUN: not %clang_trace -fsyntax-only %s 2>&1 | FileCheck %s --implicit-check-not=error:
#include <trace/probe.h>

[[trace::point]] int traced(int fd) { return fd + 1; }

void right(void *data, int fd);
void other_type(void *data, long fd);

void attach(void) {
  trace_probe_attach(traced, right, 0);
  // CHECK: function-errors.c:[[#@LINE+1]]:3: error: a probe of 'traced' must be a function of type 'void (void *, int)', but this one is 'void (void *, long)'
  trace_probe_attach(traced, other_type, 0);
}
