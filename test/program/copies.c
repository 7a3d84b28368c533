/* Each copy that inlining and unrolling make of a call is a site with an entry of
 * its own, one that can be switched and that records. */
// REQUIRES: x86_64
// DEFINE: %{flags} =
// DEFINE: %{check} = %clang_trace %{flags} %s -o %t && %trace_program %t | FileCheck %s
// REDEFINE: %{flags} = -O1
// RUN: %{check}
// REDEFINE: %{flags} = -O3
// RUN: %{check}
// REDEFINE: %{flags} = -O2 -g -fPIC
// RUN: %{check}

// CHECK: on: inner: n=1
// CHECK-NEXT: on: inner: n=2
// CHECK-NEXT: on: inner: n=3
// CHECK-NEXT: on: inner: n=4
// CHECK-NEXT: on: entry: n=5
// CHECK-NEXT: on: entry: n=6
// CHECK-NEXT: on: entry: n=7
// CHECK-NEXT: on: turn: i=0
// CHECK-NEXT: on: turn: i=1
// CHECK-NEXT: on: turn: i=2
// CHECK-NEXT: on: turn: i=3
// CHECK-NEXT: on: turn: i=4
// CHECK-NEXT: sites: copies:entry 3
// CHECK-NEXT: sites: copies:inner 4
// CHECK-NEXT: sites: copies:turn 5
#define ALWAYS static inline __attribute__((always_inline))
__attribute__((trace_point)) void trace_inner(int n);
__attribute__((trace_point)) void trace_turn(int i);

volatile int sink;
ALWAYS void inner(int n) { trace_inner(n); sink += n; }
ALWAYS void twice(int n) { inner(n); inner(n + 1); }
__attribute__((trace_point)) ALWAYS int entry(int n) { return sink + n; }

int main(void) {
  twice(1);
  twice(3);
  sink = entry(5);
  sink = entry(6);
  sink = entry(7);
#pragma clang loop unroll(full)
  for (int i = 0; i < 5; ++i) {
    trace_turn(i);
    sink += i;
  }
}
