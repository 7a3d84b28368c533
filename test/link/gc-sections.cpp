// With --gc-sections a site's entry lives and dies with its code. lld drops both,
// bfd does with -z start-stop-gc; otherwise bfd and gold keep both.
// REQUIRES: x86_64, lld, bfd, gold
// DEFINE: %{flags} =
// DEFINE: %{sites} =
// DEFINE: %{check} = %clangxx_trace -O2 -ffunction-sections -fdata-sections %{flags} %s -o %t && %trace_program %t | FileCheck %s --check-prefixes=CHECK,%{sites}

// REDEFINE: %{sites} = ALL
// REDEFINE: %{flags} = %lld
// RUN: %{check}
// REDEFINE: %{flags} = %bfd
// RUN: %{check}
// REDEFINE: %{flags} = %gold
// RUN: %{check}
// REDEFINE: %{flags} = %bfd -Wl,--gc-sections
// RUN: %{check}
// REDEFINE: %{flags} = %bfd -Wl,--gc-sections -fno-pie -no-pie
// RUN: %{check}
// REDEFINE: %{flags} = %gold -Wl,--gc-sections
// RUN: %{check}
// REDEFINE: %{sites} = EXACT
// REDEFINE: %{flags} = %lld -Wl,--gc-sections
// RUN: %{check}
// REDEFINE: %{flags} = %lld -Wl,--gc-sections,-z,start-stop-gc
// RUN: %{check}
// REDEFINE: %{flags} = %lld -Wl,--gc-sections,-z,nostart-stop-gc
// RUN: %{check}
// REDEFINE: %{flags} = %lld -Wl,--gc-sections -O0
// RUN: %{check}
// REDEFINE: %{flags} = %lld -Wl,--gc-sections -flto
// RUN: %{check}
// REDEFINE: %{flags} = %lld -Wl,--gc-sections -flto=thin
// RUN: %{check}
// REDEFINE: %{flags} = %lld -Wl,--gc-sections -fno-pie -static -L%libdir -ltracepoint
// RUN: %{check}
// REDEFINE: %{flags} = %bfd -Wl,--gc-sections,-z,start-stop-gc
// RUN: %{check}
#include <cstdio>

[[trace::point("n=%d")]] void trace_live(int n);
[[trace::point("n=%d")]] void trace_dead(int n);

// CHECK: on: live: n=1
// CHECK-NEXT: on: live: n=2
// CHECK-NEXT: on: live: n=3
// ALL-NEXT: sites: gc_sections:dead 1
// ALL-NEXT: sites: gc_sections:live 3
// EXACT-NOT: sites: gc_sections:dead {{[1-9]}}
// EXACT: sites: gc_sections:live 2

inline __attribute__((noinline)) void shared(int n) { trace_live(n); }
void unused(int n) {
  trace_dead(n);
  trace_live(n);
  shared(n);
}
int main() {
  shared(1);
  shared(2);
  trace_live(3);
}
