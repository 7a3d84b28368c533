/* A probe gets up to five numbers, of every type, from the run-time library,
 * which has them as registers, and what is recorded beside it is the same. */
// RUN: %clang_trace -O2 -Wall -Wextra -Werror %s -o %t %link
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir -e '*' -- %t
// RUN: %tracepoint view %t.dir | FileCheck %s
// RUN: llvm-nm %t | FileCheck %s --check-prefix=OWN --implicit-check-not=__trace_library_
// Six of them are one too many: a function of their own calls the probes.
// OWN-COUNT-1: __trace_library_
// REQUIRES: x86_64
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <trace/probe.h>

#define CHECK(x) ((x) ? (void)0 : (fprintf(stderr, "%d: %s\n", __LINE__, #x), exit(1)))

enum colour { red, blue = 7 };

[[trace::point]] void trace_none(void);
[[trace::point]] void trace_narrow(signed char a, unsigned short b, bool c, enum colour d, void *e);
[[trace::point]] void trace_wide(int a, unsigned b, long c, unsigned long d, short e);
[[trace::point]] void trace_six(int a, int b, int c, int d, int e, int f);

static int calls;

static void on_none(void *data) {
  CHECK(data == &calls);
  calls++;
}
static void on_narrow(void *data, signed char a, unsigned short b, bool c, enum colour d, void *e) {
  CHECK(data == &calls && (long)a == -2 && (long)b == USHRT_MAX && c == true && d == blue && e == &calls);
  calls++;
}
static void on_wide(void *data, int a, unsigned b, long c, unsigned long d, short e) {
  CHECK(data == &calls && (long)a == INT_MIN && (long)b == UINT_MAX && c == LONG_MIN && d == ULONG_MAX && (long)e == -3);
  calls++;
}
static void on_six(void *data, int a, int b, int c, int d, int e, int f) {
  CHECK(data == &calls && a == 1 && b == -2 && c == 3 && d == -4 && e == 5 && f == -6);
  calls++;
}

static void fire(void) {
  trace_none();
  trace_narrow(-2, USHRT_MAX, true, blue, &calls);
  trace_wide(INT_MIN, UINT_MAX, LONG_MIN, ULONG_MAX, -3);
  trace_six(1, -2, 3, -4, 5, -6);
}

int main(void) {
  CHECK(trace_probe_attach(trace_none, on_none, &calls) == 1);
  CHECK(trace_probe_attach(trace_narrow, on_narrow, &calls) == 1);
  CHECK(trace_probe_attach(trace_wide, on_wide, &calls) == 1);
  CHECK(trace_probe_attach(trace_six, on_six, &calls) == 1);
  fire();
  fire();
  CHECK(calls == 8);
}
// CHECK: none:
// CHECK: narrow: a=-2 b=65535 c=true d=blue e=0x{{[0-9a-f]+}}
// CHECK: wide: a=-2147483648 b=4294967295 c=-9223372036854775808 d=18446744073709551615 e=-3
// CHECK: six: a=1 b=-2 c=3 d=-4 e=5 f=-6
// CHECK: none:
