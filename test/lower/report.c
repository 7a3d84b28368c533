// -Rpass=trace says of each site what it costs while it is off and what became
// of it in its loop, at the line of the call; -Rpass-missed=trace what a user
// can do. Without them nothing is said and the code is the same.
// REQUIRES: x86-registered-target
// DEFINE: %{clang} = %clang_trace --target=x86_64-linux-gnu -O2 -Wno-all
// RUN: %{clang} -Rpass=trace -Rpass-missed=trace -c -o %t.remarks.o %s 2>&1 | FileCheck %s --implicit-check-not=remark:
// RUN: %{clang} -c -o %t.o %s 2>&1 | FileCheck %s --check-prefix=SILENT --allow-empty
// RUN: llvm-objdump -d %t.remarks.o | tail -n +3 > %t.1 && llvm-objdump -d %t.o | tail -n +3 > %t.2 && cmp %t.1 %t.2
// SILENT-NOT: remark:
#include <stddef.h>
#include <trace/point.h>

__attribute__((trace_point)) void trace_plain(int a);
__attribute__((trace_point, trace_immediate)) void trace_now(size_t i);
int effect(void);
void elsewhere(int *a);

int plain(int a) {
  // CHECK: report.c:[[#@LINE+1]]:3: remark: site of report:plain: 5 bytes and 1 instruction(s) on the fast path, {{[0-9]+}} of the intermediate code on the slow path, 0 argument(s) evaluated while off; in no loop
  trace_plain(a * 3);
  return a;
}

void leaves(size_t n, int *x) {
  for (size_t i = 0; i < n; ++i) {
    x[i] = 0;
    // CHECK: report.c:[[#@LINE+2]]:5: remark: site of report:plain: {{.*}}; it left its loop
    // CHECK: report.c:[[#@LINE+1]]:5: remark: site of report:plain: {{.*}}; in the copy of its loop that runs while events are on
    trace_plain(x[i]);
  }
}

void calls(size_t n, int *x) {
  for (size_t i = 0; i < n; ++i) {
    // CHECK: report.c:[[#@LINE+2]]:5: remark: site of report:plain: {{.*}}; it stays in its loop: the loop calls elsewhere
    // CHECK: report.c:[[#@LINE+1]]:5: remark: site of report:plain: its nop runs at each pass, and the loop is not vectorised, because the loop calls elsewhere; trace before or behind the loop
    trace_plain(x[i]);
    elsewhere(x);
  }
}

void immediate(size_t n, int *x) {
  for (size_t i = 0; i < n; ++i) {
    // CHECK: report.c:[[#@LINE+2]]:5: remark: site of report:now: {{.*}}; it stays in its loop: the event is {{\[\[}}trace::immediate]]
    // CHECK: report.c:[[#@LINE+1]]:5: remark: site of report:now: its nop runs at each pass
    trace_now(i);
    x[i] = 0;
  }
}

int effects(void) {
  // CHECK: report.c:[[#@LINE+2]]:3: remark: site of report:plain: {{.*}}, 1 argument(s) evaluated while off
  // CHECK: report.c:[[#@LINE+1]]:3: remark: site of report:plain: 1 argument(s) with side effects are evaluated while it is off; guard the call with trace_enabled()
  trace_plain(effect());
  return 0;
}

int before(int *x) {
  int old = *x;
  elsewhere(x);
  // CHECK: report.c:[[#@LINE+2]]:3: remark: site of report:plain: 5 bytes and 2 instruction(s) on the fast path
  // CHECK: report.c:[[#@LINE+1]]:3: remark: site of report:plain: 1 instruction(s) that only it needs run while it is off
  trace_plain(old);
  return 0;
}

// CHECK: report.c:[[#@LINE+1]]:{{[0-9]+}}: remark: site of report:entered: 5 bytes and 1 instruction(s) on the fast path
__attribute__((trace_point)) int entered(int a) { return a * 5; }
