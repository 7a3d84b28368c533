/* Identical code folding never merges two points: functions that differ in their
 * event alone stay two, and those that do not differ at all may become one. */
// REQUIRES: x86_64, lld, gold
// DEFINE: %{flags} =
// DEFINE: %{check} = %clang_trace -O2 -ffunction-sections -fdata-sections %{flags} %s -o %t && %trace_program %t | FileCheck %s
// REDEFINE: %{flags} = %lld -Wl,--icf=all
// RUN: %{check}
// REDEFINE: %{flags} = %lld -Wl,--icf=all -fno-pie -no-pie
// RUN: %{check}
// REDEFINE: %{flags} = %lld -Wl,--icf=all,--gc-sections -fPIC
// RUN: %{check}
// REDEFINE: %{flags} = %lld -Wl,--icf=safe
// RUN: %{check}
// REDEFINE: %{flags} = %lld -Wl,--icf=all,--ignore-data-address-equality,--ignore-function-address-equality
// RUN: %{check}
// REDEFINE: %{flags} = %lld -Wl,--icf=all -flto=thin
// RUN: %{check}
// REDEFINE: %{flags} = %gold -Wl,--icf=all
// RUN: %{check}
// REDEFINE: %{flags} = %gold -Wl,--icf=safe,--gc-sections
// RUN: %{check}

/* It folds at all: the two functions without a point are one. */
// RUN: %clang_trace -O2 -ffunction-sections %lld -Wl,--icf=all %s -o %t && llvm-nm %t | FileCheck %s --check-prefix=FOLDED
// FOLDED: [[#%x,PLAIN:]] T plain_one
// FOLDED: {{0*}}[[#PLAIN]] T plain_two
__attribute__((trace_point("n=%d"))) void trace_one(int n);
__attribute__((trace_point("n=%d"))) void trace_two(int n);

// CHECK: on: one: n=1
// CHECK-NEXT: on: two: n=2
// CHECK-NEXT: on: body_one: n=3
// CHECK-NEXT: on: body_two: n=4
// CHECK-NEXT: on: body_one: n=5
// CHECK-NEXT: on: body_two: n=6
// CHECK-NEXT: on: one: n=7
// CHECK-NEXT: on: two: n=8
// CHECK-NEXT: sites: icf:body_one 1
// CHECK-NEXT: sites: icf:body_two 1
// CHECK-NEXT: sites: icf:one 1
// CHECK-NEXT: sites: icf:two 1
#define APART __attribute__((noinline))
APART int one(int n) { trace_one(n); return n * 3; }
APART int two(int n) { trace_two(n); return n * 3; }
APART int plain_one(int n) { return n * 5; }
APART int plain_two(int n) { return n * 5; }
__attribute__((trace_point("n=%d"))) APART int body_one(int n) { return n * 7; }
__attribute__((trace_point("n=%d"))) APART int body_two(int n) { return n * 7; }

int main(void) {
  int (*volatile called[])(int) = {body_one, body_two, plain_one, plain_two};
  void (*volatile events[])(int) = {trace_one, trace_two};
  int sum = one(1) + two(2) + body_one(3) + body_two(4);
  for (int i = 0; i < 4; ++i)
    sum += called[i](5 + i);
  for (int i = 0; i < 2; ++i)
    events[i](7 + i);
  return sum == 0;
}
