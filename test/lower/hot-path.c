// In a leaf function the only difference to the program without the call is
// the nop, plus at most two register moves: no stack traffic, no argument.
// REQUIRES: x86_64
// RUN: %clang_trace -O2 -S -o - %s | FileCheck %s
// RUN: %clang_trace -O2 -DOFF -c -o %t.without.o %s
// RUN: %clang_trace -O2 -c -o %t.with.o %s
// RUN: llvm-objdump -d --no-show-raw-insn --no-leading-addr %t.without.o > %t.without
// RUN: llvm-objdump -d --no-show-raw-insn --no-leading-addr %t.with.o > %t.with
// RUN: %python %S/Inputs/hot-path.py leaf 1 2 %t.without %t.with
// RUN: %python %S/Inputs/hot-path.py sinks 1 2 %t.without %t.with
// RUN: %python %S/Inputs/hot-path.py traced 1 2 %t.without %t.with

#ifdef OFF
#define trace_leaf(...) (void)0
#define TRACED
#else
__attribute__((trace_point)) void trace_leaf(unsigned long a, unsigned long b);
#define TRACED __attribute__((trace_point))
#endif

struct node {
  unsigned long value;
  struct node *next;
};
static inline unsigned long depth(const struct node *n) {
  return n->next ? n->next->value : 0;
}

// CHECK-LABEL: leaf:
// CHECK-NOT: push
// CHECK-NOT: %rsp
// CHECK: .byte 15
// CHECK-NEXT: .byte 31
// CHECK-NEXT: .byte 68
// CHECK-NEXT: .byte 0
// CHECK-NEXT: .byte 0
// CHECK-NOT: push
// CHECK-NOT: %rsp
// CHECK: ret
unsigned long leaf(unsigned long a, unsigned long b, unsigned long c,
                   unsigned long d) {
  unsigned long x = a * b + c, y = (c ^ d) * a, z = x + (y >> 3),
                w = z ^ (b << 5);
  trace_leaf(x, w);
  return (x * y) ^ (z + w) ^ (a + d);
}

// Loads, arithmetic, getters and conditions of arguments are on the slow path.
unsigned long sinks(struct node *n, unsigned long a) {
  trace_leaf(n->value / a, n->value ? depth(n) : n->next->value);
  return a + 1;
}

// A traced function keeps its body as it was.
TRACED unsigned long traced(unsigned long a, struct node *n) {
  return a * 3 + n->value;
}
