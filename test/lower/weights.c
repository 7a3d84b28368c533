/* The other side of a site is as unlikely as can be, whatever a profile has
 * counted: one that was taken with every point on leaves it out of line. */
// REQUIRES: x86_64, profile
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %clang_trace -O2 -S -emit-llvm %s -o - | FileCheck %s
// RUN: %clang_trace -O2 -fprofile-generate=ir %s -o a && env TRACE_OUTPUT=/dev/null %tracepoint run -e '*' -- ./a && llvm-profdata merge ir -o ir.profdata
// RUN: %clang_trace -O2 -fprofile-use=ir.profdata -Werror -S -emit-llvm %s -o - | FileCheck %s
// RUN: %clang_trace -O2 -fprofile-instr-generate=source.profraw %s -o a && env TRACE_OUTPUT=/dev/null %tracepoint run -e '*' -- ./a && llvm-profdata merge source.profraw -o source.profdata
// RUN: %clang_trace -O2 -fprofile-instr-use=source.profdata -Werror -S -emit-llvm %s -o - | FileCheck %s
// RUN: %clang_trace -O2 -fprofile-use=ir.profdata -S %s -o - | FileCheck %s --check-prefix=ASM
#include <trace/point.h>
TRACE_DEFINE_KEY_FALSE(off);
TRACE_DEFINE_KEY_TRUE(on);
__attribute__((trace_point("n=%d"))) void trace_step(int n);
__attribute__((noinline)) void prepare(void) { __asm__ volatile(""); }

// CHECK-LABEL: define{{.*}} @event(
// CHECK: callbr void asm
// CHECK-NEXT: to label {{.*}}!prof [[UNLIKELY:![0-9]+]]
// ASM-LABEL: event:
// ASM: .byte 15
// ASM: retq
// ASM: callq __trace_emit_pm_
__attribute__((noinline)) int event(int n) {
  trace_step(n * 3);
  return n + 1;
}
// CHECK-LABEL: define{{.*}} @enabled(
// CHECK: callbr void asm
// CHECK-NEXT: to label {{.*}}!prof [[UNLIKELY]]
// ASM-LABEL: enabled:
// ASM: retq
// ASM: callq prepare
__attribute__((noinline)) int enabled(int n) {
  if (trace_enabled(trace_step))
    prepare();
  return n + 1;
}
// CHECK-LABEL: define{{.*}} @keys(
// CHECK: callbr void asm
// CHECK-NEXT: to label {{.*}}!prof [[UNLIKELY]]
// CHECK: callbr void asm
// CHECK-NEXT: to label {{.*}}!prof [[UNLIKELY]]
__attribute__((noinline)) int keys(int n) {
  if (trace_branch_unlikely(&off))
    prepare();
  if (!trace_branch_likely(&on))
    prepare();
  return n + 1;
}
// CHECK-LABEL: define{{.*}} @traced(
// CHECK: callbr void asm
// CHECK-NEXT: to label {{.*}}!prof [[UNLIKELY]]
__attribute__((trace_point, noinline)) int traced(int n) { return n + 1; }

// CHECK-LABEL: define{{.*}} @main(
// CHECK: [[UNLIKELY]] = !{!"branch_weights", i32 1048575, i32 1}
int main(void) {
  int sum = 0;
  for (int i = 0; i < 1000; ++i)
    sum = event(enabled(keys(traced(sum)))) - 3;
  return sum != 1000;
}
