// The place of a traced function's site, and of each inlined copy, is in the
// event's descriptor: nothing is stored for the site.
// REQUIRES: x86_64
// RUN: %clang_trace -O2 -c -o %t.o %s
// RUN: llvm-readelf -SW %t.o | FileCheck %s --check-prefix=SECTIONS
// RUN: %tracepoint list --cost %t.o | FileCheck %s
// SECTIONS-NOT: .trace_sites
// SECTIONS: __jump_table
// SECTIONS-NOT: .trace_sites

// CHECK: function_places:add(
// CHECK-COUNT-2: function-places.c:[[#@LINE+1]]
__attribute__((trace_point)) static inline int add(int a, int b) {
  return a + b;
}

int one(int a) { return add(a, 1); }
int two(int a) { return add(a, 2); }
