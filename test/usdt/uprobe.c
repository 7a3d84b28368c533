/* A uprobe on an event's note fires while the event is enabled, with the
 * arguments' values, and leaves the program and its recording as they were; off,
 * it does not fire. With usdt=site it fires without us, at each site. Ours and
 * the kernel's change to the code do not meet. */
// REQUIRES: x86_64, uprobes, lld
// DEFINE: %{flags} =
// DEFINE: %{build} = %clang_trace %{flags} -Wno-all %s -o %t
// DEFINE: %{uprobe} = %with_tracefs python3 %S/Inputs/uprobe.py uprobe:sum %t
// DEFINE: %{on} = %{uprobe} %tracepoint run -e 'uprobe:*' -- %t | FileCheck %s
// DEFINE: %{off} = %{uprobe} %t | count 0

// REDEFINE: %{flags} = -O2
// RUN: %{build} && %{on} && %{off}
// REDEFINE: %{flags} = -O0
// RUN: %{build} && %{on} && %{off}
// REDEFINE: %{flags} = -O2 -flto -fuse-ld=lld
// RUN: %{build} && %{on} && %{off}
// REDEFINE: %{flags} = -O2 -flto=thin -fuse-ld=lld
// RUN: %{build} && %{on} && %{off}
// REDEFINE: %{flags} = -O2 -fplugin-arg-trace-usdt=site
// RUN: %{build} && %{on} && %{uprobe} %t | FileCheck %s
// REDEFINE: %{flags} = -O0 -fplugin-arg-trace-usdt=site
// RUN: %{build} && %{on} && %{uprobe} %t | FileCheck %s

// With the recorder, too, in whose ring the events stand as without a uprobe.
// REDEFINE: %{flags} = -O2
// RUN: %{build} && rm -rf %t.d
// RUN: %{uprobe} %tracepoint record -e 'uprobe:sum' -o %t.d -- %t | FileCheck %s
// RUN: %tracepoint view %t.d | FileCheck %s --check-prefix=VIEW
// VIEW: sum: a=-1 b=18446744073709551615 c=-3 d=true e=-5 f=6 g=7 h=8 i=9
// VIEW: sum: a=2147483647 b=1 c=-3 d=true e=-5 f=6 g=7 h=8 i=9

__attribute__((trace_point)) void trace_sum(int a, unsigned long b, short c, _Bool d, signed char e, int f, int g, long h, unsigned char i);

__attribute__((noinline)) void call(int a, unsigned long b) {
  trace_sum(a, b, -3, 1, -5, 6, 7, 8, 9);
}

int main(void) {
  // CHECK: hit: -1 18446744073709551615 -3 1 -5 6 7 8 9
  call(-1, -1ul);
  // CHECK-NEXT: hit: 2147483647 1 -3 1 -5 6 7 8 9
  call(2147483647, 1);
  // CHECK-NOT: hit
}
