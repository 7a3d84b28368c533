/* What every build mode must trace alike; for modes.test and others:
 *   clang -fplugin=... MODE modes.c && trace.py a.out | FileCheck modes.c */
#include <setjmp.h>
#include <stdio.h>

enum color { RED, GREEN = 7 };
__attribute__((trace_point("i=%d s=%s c=%d d=%.1f"))) void
trace_all(int i, const char *s, enum color c, double d);
__attribute__((trace_point)) void trace_none(void);
__attribute__((trace_point("n=%d"))) void trace_leaf(int n);
__attribute__((trace_point)) void trace_step(unsigned long at, unsigned char b);

__attribute__((trace_point)) static int traced(int n, const char *text) {
  return n + text[0];
}
__attribute__((trace_point("x=%d"), noinline)) int traced_apart(int x) {
  return x * 2;
}

static inline int leaf(int n) {
  trace_leaf(n * 3);
  return n + 1;
}
__attribute__((noinline)) int both(int n) { return leaf(n) + leaf(n + 10); }
__attribute__((noinline)) int loop(const unsigned char *p, unsigned long n) {
  int sum = 0;
  for (unsigned long i = 0; i < n; ++i) {
    trace_step(i, p[i]);
    sum += p[i];
  }
  return sum;
}
__attribute__((noinline)) int choose(int n) {
  switch (n) {
  case 1:
    trace_none();
    return 4;
  case 2:
    trace_all(n, "two", RED, 2.5);
    return 5;
  default:
    trace_all(n, 0, GREEN, n);
    return 6;
  }
}
static jmp_buf jump;
__attribute__((noinline)) void leave(int n) {
  trace_leaf(n);
  longjmp(jump, n);
}
int main(void) {
  int sum = both(1);
  sum += loop((const unsigned char *)"abcd", 4);
  for (int i = 1; i <= 3; ++i)
    sum += choose(i);
  sum += traced(3, "A") + traced_apart(sum);
  int back = setjmp(jump);
  if (!back)
    leave(42);
  void (*volatile pointer)(int) = trace_leaf;
  pointer(99);
  printf("sum %d back %d\n", sum, back);
  return 0;
}

/* CHECK: sum 1337 back 42
 * CHECK-NEXT: on: leaf: n=3
 * CHECK-NEXT: on: leaf: n=33
 * CHECK-NEXT: on: step: at=0 b=97
 * CHECK-NEXT: on: step: at=1 b=98
 * CHECK-NEXT: on: step: at=2 b=99
 * CHECK-NEXT: on: step: at=3 b=100
 * CHECK-NEXT: on: none:
 * CHECK-NEXT: on: all: i=2 s=two c=0 d=2.5
 * CHECK-NEXT: on: all: i=3 s=(null) c=7 d=3.0
 * CHECK-NEXT: on: traced: n=3 text=A
 * CHECK-NEXT: on: traced_apart: x=423
 * CHECK-NEXT: on: leaf: n=42
 * CHECK-NEXT: on: leaf: n=99
 * CHECK-NEXT: sites: modes:all {{[1-9]}}
 * CHECK-NEXT: sites: modes:leaf {{[1-9]}}
 * CHECK-NEXT: sites: modes:none 1
 * CHECK-NEXT: sites: modes:step {{[1-9]}}
 * CHECK-NEXT: sites: modes:traced {{[1-9]}}
 * CHECK-NEXT: sites: modes:traced_apart {{[1-9]}}
 */
