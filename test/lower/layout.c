// What a site adds between a function's first and last hot byte is the five
// bytes of the nop: its slow path lies behind the function's return, or in a
// section of its own, also with -ffunction-sections; what records lies in a cold
// section. Table and descriptors are read-only: nothing in them is relocated
// when the program starts.
// REQUIRES: x86-registered-target, lld
// RUN: %clang_trace --target=x86_64-linux-gnu -O2 -S -o - %s | FileCheck %s
// RUN: %clang_trace --target=x86_64-linux-gnu -O2 -ffunction-sections -S -o - %s | FileCheck %s
// RUN: %clang_trace --target=x86_64-linux-gnu -O2 -S -o - %s | FileCheck %s --check-prefix=COLD
// COLD-COUNT-2: .section .text.unlikely.__trace_emit_pm_
// RUN: %clang_trace --target=x86_64-linux-gnu -O2 -fPIC -ffunction-sections -c -o %t.o %s
// RUN: ld.lld -shared %t.o -o %t.so && llvm-readelf -SW %t.so | FileCheck %s --check-prefix=RELOCATIONS
// RELOCATIONS-DAG: __jump_table PROGBITS {{[0-9a-f ]+}} A{{[LRo]*}} 
// RELOCATIONS-DAG: __trace_events PROGBITS {{[0-9a-f ]+}} A{{[LRo]*}} 

__attribute__((trace_point)) void trace_it(int a, const char *text);
int outside(int a);

// CHECK-LABEL: once:
// CHECK: .byte 15
// CHECK: jmp outside
// CHECK: callq __trace_emit_pm_
// CHECK: .Lfunc_end
int once(int a, const char *text) {
  trace_it(a + 1, text);
  return outside(a);
}

// CHECK-LABEL: twice:
// CHECK: .byte 15
// CHECK: .byte 15
// CHECK: retq
// CHECK-COUNT-2: callq __trace_emit_pm_
// CHECK: .Lfunc_end
int twice(int a, const char *text) {
  trace_it(a, text);
  a = outside(a);
  trace_it(a, text);
  return a;
}

// The copy of a leaf function, for its traced runs, is cold.
struct node {
  struct node *next;
  int value;
};
// CHECK-LABEL: walks:
// CHECK: .byte 15
// CHECK-NOT: callq __trace_emit_
// CHECK-NOT: push
// CHECK: jmp walks.trace
// CHECK: .section .text.unlikely.
// CHECK: walks.trace:
// CHECK: callq __trace_emit_pm_
__attribute__((trace_point)) int walks(struct node *n) {
  return n->next->next->value;
}
