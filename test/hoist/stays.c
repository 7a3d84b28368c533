// A check leaves no loop in which it could wait for long: one that calls, waits
// for memory, or may not end; none of an event that is [[trace::immediate]];
// and none with hoist=off or -Os.
// REQUIRES: x86_64
// DEFINE: %{options} =
// DEFINE: %{check} = %clang_trace %{options} -S -emit-llvm -o %t.ll %s && %python %S/Inputs/sites.py %t.ll | FileCheck %s
// REDEFINE: %{options} = -O2
// RUN: %{check} --check-prefixes=CHECK,HOIST
// REDEFINE: %{options} = -O3
// RUN: %{check} --check-prefixes=CHECK,HOIST
// REDEFINE: %{options} = -O2 -fplugin-arg-trace-hoist=off
// RUN: %{check} --check-prefixes=CHECK,STAY
// REDEFINE: %{options} = -Os
// RUN: %{check} --check-prefixes=CHECK,STAY
// RUN: not %clang_trace -O2 -fplugin-arg-trace-hoist=0 -c -o %t.o %s 2>&1 | FileCheck %s --check-prefix=VALUE
// VALUE: '0' is no value of -fplugin-arg-trace-hoist; use 'on' or 'off'
#include <stdatomic.h>
#include <stddef.h>

__attribute__((trace_point)) void trace_pass(size_t i);
__attribute__((trace_point, trace_immediate)) void trace_now(size_t i);
void elsewhere(size_t i);
extern volatile int device;
extern atomic_int stop;
extern int plain;
struct node {
  struct node *next;
};

// CHECK: calls: 1 in loops, 0 outside
void calls(size_t n) {
  for (size_t i = 0; i < n; ++i) {
    trace_pass(i);
    elsewhere(i);
  }
}

// CHECK: reads_device: 1 in loops, 0 outside
int reads_device(size_t n) {
  int sum = 0;
  for (size_t i = 0; i < n; ++i) {
    trace_pass(i);
    sum += device;
  }
  return sum;
}

// CHECK: event_loop: 1 in loops, 0 outside
size_t event_loop(void) {
  size_t i = 0;
  while (!atomic_load_explicit(&stop, memory_order_relaxed))
    trace_pass(i++);
  return i;
}

// CHECK: list: 1 in loops, 0 outside
size_t list(const struct node *n) {
  size_t i = 0;
  for (; n; n = n->next)
    trace_pass(i++);
  return i;
}

// CHECK: assembly: 1 in loops, 0 outside
void assembly(size_t n) {
  for (size_t i = 0; i < n; ++i) {
    trace_pass(i);
    __asm__ volatile("pause");
  }
}

// CHECK: immediate: 1 in loops, 0 outside
void immediate(size_t n, int *x) {
  for (size_t i = 0; i < n; ++i) {
    trace_now(i);
    x[i] = 0;
  }
}

// CHECK: immediate_and_other: 2 in loops, 0 outside
void immediate_and_other(size_t n, int *x) {
  for (size_t i = 0; i < n; ++i) {
    trace_now(i);
    trace_pass(i);
    x[i] = 0;
  }
}

// HOIST: bounded: 0 in loops, 1 outside
// STAY: bounded: 1 in loops, 0 outside
void bounded(size_t n, int *x) {
  for (size_t i = 0; i < n; ++i) {
    trace_pass(i);
    x[i] = 0;
  }
}
