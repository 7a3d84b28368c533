// A check leaves its loop also where its value is no branch's condition.
// REQUIRES: x86_64
// RUN: %clang_trace -O2 -S -emit-llvm -o %t.ll %s
// RUN: %python %S/Inputs/sites.py %t.ll | FileCheck %s
#include <stddef.h>
#include <trace/point.h>

__attribute__((trace_point)) void trace_pass(size_t i);

// CHECK: counts: 0 in loops, 1 outside
size_t counts(size_t n, const size_t *x) {
  size_t sum = 0;
  for (size_t i = 0; i < n; ++i)
    sum += x[i] + trace_enabled(trace_pass);
  return sum;
}
