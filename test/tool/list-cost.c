// `tracepoint list --cost` says of each site, from the code alone, what it costs:
// in objects, archives and linked files, and for another architecture.
// REQUIRES: x86-registered-target, aarch64-registered-target, x86_64
// RUN: %clang_trace -O2 -c -o %t.o %s
// RUN: %tracepoint list --cost %t.o | FileCheck %s
// RUN: rm -f %t.a && llvm-ar rc %t.a %t.o && %tracepoint list --cost %t.a | FileCheck %s
// RUN: %clang %t.o -o %t && %tracepoint list --cost %t | FileCheck %s
// RUN: %tracepoint list --cost --json %t | FileCheck %s --check-prefix=JSON
// RUN: %clang_trace --target=aarch64-linux-gnu -O2 -ffreestanding -c -o %t.arm.o %s
// RUN: %tracepoint list --cost %t.arm.o | FileCheck %s --check-prefix=ARM
// RUN: %tracepoint list %t.o | FileCheck %s --check-prefix=WITHOUT
// WITHOUT-NOT: fast path
__attribute__((trace_point, trace_system("cost"))) void trace_it(int a);

__attribute__((noinline)) int outside(int a) {
  __asm__ volatile("" : "+r"(a));
  return a;
}

int once(int a) {
  trace_it(a);
  return outside(a);
}

void loop(int n) {
  for (int i = 0; i < n; ++i) {
    trace_it(i);
    outside(i);
  }
}

int main(int count, char **words) {
  loop(count);
  return once(0);
}

// CHECK: cost:it(int a) - 4 sites
// CHECK-NEXT: {{^  }}0x{{[0-9a-f]+}} once {{.*}}list-cost.c:21: fast path {{5 bytes, 1 instruction|6 bytes, 2 instructions}}; slow path {{[1-9][0-9]*}} bytes, {{[1-9][0-9]*}} instructions; entry 16 bytes
// CHECK-NEXT: loop {{.*}}list-cost.c:27: fast path {{.*}} at each pass of a loop; slow path {{[1-9]}}
// CHECK: main {{.*}}list-cost.c:27: fast path {{.*}} at each pass of a loop
// CHECK: main {{.*}}list-cost.c:21: fast path
// ARM: cost:it(int a) - 4 sites
// ARM-NEXT: once {{.*}}: fast path 4 bytes, 1 instruction; slow path {{[1-9]}}
// ARM-NEXT: loop {{.*}}: fast path 4 bytes, 1 instruction at each pass of a loop; slow path {{[1-9]}}
// JSON: "descriptor_bytes": {{[1-9][0-9]*}},
// JSON: "cost": {
// JSON-NEXT: "hot_bytes": {{[56]}},
// JSON-NEXT: "hot_instructions": {{[12]}},
// JSON-NEXT: "slow_bytes": {{[1-9][0-9]*}},
// JSON-NEXT: "slow_instructions": {{[1-9][0-9]*}},
// JSON-NEXT: "entry_bytes": 16,
// JSON-NEXT: "thunk_bytes": {{[1-9][0-9]*}},
// JSON-NEXT: "in_loop": false
