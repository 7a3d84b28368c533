// While its events are off, a function differs from the function without the
// calls by one nop a site: no register is moved for it, no stack touched, no
// argument evaluated.
// REQUIRES: x86-registered-target, aarch64-registered-target
// DEFINE: %{target} = x86_64-linux-gnu
// DEFINE: %{clang} = %clang_trace --target=%{target} -O2
// DEFINE: %{dump} = llvm-objdump -d --no-show-raw-insn --no-leading-addr
// DEFINE: %{function} =
// DEFINE: %{compare} = %python %S/Inputs/hot-path.py %{function} 1 %t.without %t.with
// DEFINE: %{build} = %{clang} -DOFF -c -o %t.without.o %s && %{clang} -c -o %t.with.o %s && %{dump} %t.without.o > %t.without && %{dump} %t.with.o > %t.with
// RUN: %{build}
// REDEFINE: %{function} = leaf
// RUN: %{compare}
// REDEFINE: %{function} = sinks
// RUN: %{compare}
// REDEFINE: %{function} = traced
// RUN: %{compare}
// REDEFINE: %{function} = shares
// RUN: %{compare}
// REDEFINE: %{function} = stores
// RUN: %{compare}
// REDEFINE: %{function} = calls
// RUN: %{compare}
// REDEFINE: %{function} = walks
// RUN: %{compare}
// REDEFINE: %{target} = aarch64-linux-gnu
// RUN: %{build}
// RUN: %{compare}
// REDEFINE: %{function} = leaf
// RUN: %{compare}
// REDEFINE: %{function} = sinks
// RUN: %{compare}
// REDEFINE: %{function} = traced
// RUN: %{compare}
// REDEFINE: %{function} = shares
// RUN: %{compare}
// REDEFINE: %{function} = stores
// RUN: %{compare}
// REDEFINE: %{function} = calls
// RUN: %{compare}
// REDEFINE: %{function} = walks
// RUN: %{compare}

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
unsigned long outside(unsigned long a, unsigned long b);

// Four values live across the event.
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

// What the arguments share with the rest is not kept for them.
unsigned long shares(unsigned long a, unsigned long b, unsigned long c) {
  unsigned long both = b & c;
  trace_leaf(both >> 2, both);
  return a + (both >> 2);
}

unsigned long stores(unsigned long a, struct node *n, unsigned long b) {
  n->value = a;
  trace_leaf(a, b);
  return a + b;
}

unsigned long calls(unsigned long a, unsigned long b) {
  trace_leaf(a, b);
  return outside(a, b) + 1;
}

// A leaf function stays one, wherever it reads.
TRACED unsigned long walks(struct node *n, unsigned long a) {
  return n->next->next->value + a;
}
