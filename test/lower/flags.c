// On x86 no flags live across a site, because a nop that follows a jump may set
// them (runtime/arch/x86.h).
// REQUIRES: x86-registered-target
// RUN: %clang_trace -O2 --target=x86_64-linux-gnu -S -emit-llvm %s -o - | FileCheck %s
// RUN: %clang_trace -O2 --target=i386-linux-gnu -S -emit-llvm %s -o - | FileCheck %s
[[trace::point]] void trace_flags(int a);

// CHECK-LABEL: @between
// CHECK: callbr void asm {{.*}}~{flags}
int between(int a, int b) {
  const int less = a < b;
  trace_flags(a);
  return less ? a : b;
}
