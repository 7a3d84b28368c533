// The compiler refuses, at its line, a probe that can't be called with its event's
// arguments, and an event whose arguments can't be passed on.
// RUN: not %clangxx_trace -fsyntax-only %s 2>&1 | FileCheck %s
#include <trace/probe.h>

[[trace::point]] void trace_x(int fd, const char *text);
struct Pair {
  int a, b;
};
struct Traced {
  [[trace::point]] int member(int n) { return n; }
};
[[trace::point]] void trace_pair(Pair);
[[trace::point]] inline int by_value(int n, Pair) { return n; }

void right(void *, int, const char *) noexcept;
void by_value_probe(void *, int, Pair);
void pair_probe(void *, Pair);

void attach() {
  trace_probe_attach(trace_x, right, nullptr);
  auto good = trace::probe<trace_x>([](int, const char *) {});
  // CHECK: errors.cpp:[[#@LINE+1]]:3: error: parameter {{.*}} of 'by_value' has type 'Pair', so that 'by_value' can have no probe of its parameters' types; use trace_probe_register()
  trace_probe_attach(by_value, by_value_probe, nullptr);
  // CHECK: errors.cpp:[[#@LINE+1]]:3: error: parameter {{.*}} of 'trace_pair' has type 'Pair', so that 'trace_pair' can have no probe of its parameters' types; use trace::probe<>
  trace_probe_attach(trace_pair, pair_probe, nullptr);
  auto pair = trace::probe<trace_pair>([](Pair) {});
}
// RUN: not %clangxx_trace -DTRACED -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=TRACED
#ifdef TRACED
void attach_traced() {
  // TRACED: errors.cpp:[[#@LINE+1]]:{{.*}}: error: parameter {{.*}} of 'by_value' has type 'Pair', so that 'by_value' can have no probe of its parameters' types; use trace_probe_register()
  auto none = trace::probe<by_value>([](int, Pair) {});
}
#endif
#ifndef AGAIN
// RUN: not %clangxx_trace -DAGAIN -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=STATIC
#else
void refuse() {
  // STATIC: error: static assertion failed{{.*}}the probe can't be called with the event's arguments
  // STATIC: errors.cpp:[[#@LINE+1]]:{{.*}}: note: in instantiation of function template specialization
  auto bad = trace::probe<trace_x>([](int) {});
}
#endif
