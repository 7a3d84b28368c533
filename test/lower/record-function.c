// A record function of numbers keeps them in registers over the call that makes
// room, stores them, and leaves by a jump; on AArch64 what makes room calls
// nothing and needs no stack.
// REQUIRES: x86-registered-target, aarch64-registered-target
// RUN: %clang_trace --target=x86_64-linux-gnu -O2 -fPIC -S -o - %s | FileCheck %s --check-prefix=X86
// RUN: %clang_trace --target=aarch64-linux-gnu -O2 -S -o - %s | FileCheck %s --check-prefix=ARM

__attribute__((trace_point)) void trace_numbers(int a, long b);

void calls(int a, long b) { trace_numbers(a, b); }

// X86-LABEL: {{^}}__trace_record_
// X86-NOT: (%rsp)
// X86: {{call.*}}__trace_reserve_pm_
// X86-NOT: (%rsp)
// X86: movl %{{[a-z0-9]+}}, (%rax)
// X86-NEXT: movq %{{[a-z0-9]+}}, 4(%rax)
// X86-NOT: (%rsp)
// X86: jmp __trace_publish_

// ARM-LABEL: {{^}}__trace_record_
// ARM: bl __trace_reserve_pm_
// ARM-LABEL: {{^}}__trace_reserve_pm_
// ARM-NOT: {{[[:space:]]blr?[[:space:]]|[^a-z]sp[^a-z]}}
// ARM: ldxr
// ARM-NOT: {{[[:space:]]blr?[[:space:]]|[^a-z]sp[^a-z]}}
// ARM: {{[[:space:]]ret[[:space:]]}}
