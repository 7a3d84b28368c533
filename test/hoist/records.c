// With its events on, a loop that its checks have left records what the loop as
// written records, in its order, and goes on and ends as it does.
// REQUIRES: x86_64
// RUN: %clang_trace -O2 %s -o %t && %trace_program %t | FileCheck %s
// RUN: %clang_trace -O3 -march=native %s -o %t && %trace_program %t | FileCheck %s
// RUN: %clang_trace -O2 -flto=thin %lld %s -o %t && %trace_program %t | FileCheck %s
// RUN: %clang_trace -O2 -fsanitize=undefined -fno-sanitize-recover %s -o %t && %trace_program %t | FileCheck %s
#include <stddef.h>
#include <stdio.h>
#include <trace/point.h>

__attribute__((trace_point)) void trace_trip(size_t i);
__attribute__((trace_point)) void trace_odd(int x);
__attribute__((trace_point)) void trace_found(size_t i, int x);

__attribute__((noinline)) static int find(size_t n, const int *x, int wanted) {
  int sum = 0;
  for (size_t i = 0; i < n; ++i) {
    trace_trip(i);
    if (x[i] == wanted) {
      trace_found(i, sum);
      return sum;
    }
    if (x[i] & 1)
      trace_odd(x[i]);
    sum += x[i];
  }
  return -sum;
}

/* What a trace alone needs may be more than the call of the event. */
__attribute__((noinline)) static int skip(size_t n, const int *x) {
  int sum = 0;
  for (size_t i = 0; i < n; ++i) {
    if (trace_enabled(trace_odd)) {
      if (x[i] == 4)
        continue;
      if (x[i] == 9)
        break;
      trace_odd(x[i]);
    }
    sum += x[i];
  }
  return sum != 0;
}

int main(void) {
  int x[] = {2, 3, 4, 7, 9};
  // CHECK: found 9, none -25
  printf("found %d, ", find(5, x, 7));
  printf("none %d\n", find(5, x, 1));
  printf("%d\n", skip(5, x));
}
// CHECK: on: trip: i=0
// CHECK-NEXT: on: trip: i=1
// CHECK-NEXT: on: odd: x=3
// CHECK-NEXT: on: trip: i=2
// CHECK-NEXT: on: trip: i=3
// CHECK-NEXT: on: found: i=3 x=9
// CHECK-NEXT: on: trip: i=0
// CHECK-NEXT: on: trip: i=1
// CHECK-NEXT: on: odd: x=3
// CHECK-NEXT: on: trip: i=2
// CHECK-NEXT: on: trip: i=3
// CHECK-NEXT: on: odd: x=7
// CHECK-NEXT: on: trip: i=4
// CHECK-NEXT: on: odd: x=9
// CHECK-NEXT: on: odd: x=2
// CHECK-NEXT: on: odd: x=3
// CHECK-NEXT: on: odd: x=7
// CHECK-NOT: on:
