// Static keys of both kinds, both likelihoods, used as a branch, as a value and
// through an always_inline function, follow their key at every level, in C and
// C++; trace_enabled() is the event's own branch.
// RUN: rm -f %t.cpp && cp %s %t.cpp
// RUN: %clang_trace -O0 -Wall -Wextra -Werror %s -o %t.c0 %link && env TRACE_OUTPUT=/dev/null %t.c0 | FileCheck --check-prefixes=CHECK,ON %s
// RUN: %clang_trace -O2 -Wall -Wextra -Werror %s -o %t.c2 %link && env TRACE_OUTPUT=/dev/null %t.c2 | FileCheck --check-prefixes=CHECK,ON %s
// RUN: %clangxx_trace -O0 -Wall -Wextra -Werror %t.cpp -o %t.cpp0 %link && env TRACE_OUTPUT=/dev/null %t.cpp0 | FileCheck --check-prefixes=CHECK,ON %s
// RUN: %clangxx_trace -O3 -fPIE -pie -Wall -Wextra -Werror %t.cpp -o %t.cpp3 %link && env TRACE_OUTPUT=/dev/null %t.cpp3 | FileCheck --check-prefixes=CHECK,ON %s
// RUN: %gcc -O2 -Wall -Wextra -Werror -I%include %s -o %t.gcc %link && env TRACE_OUTPUT=/dev/null %t.gcc | FileCheck --check-prefixes=CHECK,GCC %s
// RUN: %clang_trace -O2 -S %s -o - | FileCheck --check-prefix=ASM %s
#include <stdio.h>
#include <trace/point.h>

TRACE_DEFINE_KEY_FALSE(no);
TRACE_DEFINE_KEY_TRUE(yes);
TRACE_POINT("a=%d", void trace_x(int a));

static inline __attribute__((always_inline)) bool
through(struct trace_key_false *k) {
  return trace_branch_unlikely(k);
}

__attribute__((noinline)) static int state(void) {
  int bits = 0;
  if (trace_branch_unlikely(&no))
    bits |= 1;
  if (trace_branch_likely(&no))
    bits |= 2;
  if (trace_branch_unlikely(&yes))
    bits |= 4;
  if (trace_branch_likely(&yes))
    bits |= 8;
  if (through(&no))
    bits |= 16;
  bool value = trace_branch_unlikely(&no);
  return bits + value * 32;
}

// The four kinds differ in their first instruction (point.h has the table).
// ASM-LABEL: unlikely_no:
// ASM: .byte 15
// ASM: .quad no-
int unlikely_no(int a) { return trace_branch_unlikely(&no) ? a * 7 : a; }
// ASM-LABEL: likely_no:
// ASM: .byte 233
// ASM: .quad {{\(?}}no+1{{\)?}}-
int likely_no(int a) { return trace_branch_likely(&no) ? a * 7 : a; }
// ASM-LABEL: unlikely_yes:
// ASM: .byte 233
// ASM: .quad yes-
int unlikely_yes(int a) { return trace_branch_unlikely(&yes) ? a * 7 : a; }
// ASM-LABEL: likely_yes:
// ASM: .byte 15
// ASM: .quad {{\(?}}yes+1{{\)?}}-
int likely_yes(int a) { return trace_branch_likely(&yes) ? a * 7 : a; }

int main(void) {
  printf("at first %d\n", state());
  trace_key_enable(&no);
  printf("no enabled %d\n", state());
  trace_key_enable(&no);
  trace_key_disable(&no);
  printf("still enabled %d\n", state());
  trace_key_disable(&no);
  printf("no disabled %d\n", state());
  trace_key_disable(&yes);
  printf("yes disabled %d\n", state());
  printf("below zero %d: %s\n", trace_key_disable(&yes), trace_error());
  trace_key_enable(&yes);
  printf("yes enabled %d\n", state());
  printf("event %d\n", (int)trace_enabled(trace_x));
  if (trace_enable("x") < 0)
    return 1;
  printf("event enabled %d\n", (int)trace_enabled(trace_x));
  return 0;
}
// CHECK: at first 12
// CHECK-NEXT: no enabled 63
// CHECK-NEXT: still enabled 63
// CHECK-NEXT: no disabled 12
// CHECK-NEXT: yes disabled 0
// CHECK-NEXT: below zero -22: {{.+}}
// CHECK-NEXT: yes enabled 12
// CHECK-NEXT: event 0
// ON-NEXT: event enabled 1
// GCC-NEXT: event enabled 0
