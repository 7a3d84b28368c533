// Templates, parameter packs and generic lambdas: each instance is an event of
// its own with its own fields.
// RUN: %clangxx_trace -std=c++20 -O1 %s -o %t %link
// RUN: rm -f %t.out
// RUN: env TRACE_ENABLE='*' TRACE_OUTPUT=%t.out %t && FileCheck %s < %t.out
// RUN: %clangxx_trace -std=c++20 -O1 -DPRAGMA %s -o %t.pragma %link
// RUN: %tracepoint list %t.pragma | FileCheck --check-prefix=PRAGMA %s

// CHECK: pack: args=1 args=2.5
// CHECK-NEXT: pack: first={{.*}}
// CHECK-NEXT: event_pack: a=4 rest=5 rest=x
// CHECK-NEXT: lambda: this=0x{{[0-9a-f]+}} x=6
// CHECK-NEXT: lambda: this=0x{{[0-9a-f]+}} x=7.5
// CHECK-NEXT: member: this=0x{{[0-9a-f]+}} t=8 u=9
// CHECK-NEXT: static_event: t=10
// CHECK-NEXT: explicit_instance: t=11

// PRAGMA-DAG: templates:lambda(void *this, int x)
// PRAGMA-DAG: templates:lambda(void *this, double x)

#ifdef PRAGMA
#pragma clang attribute push(__attribute__((trace_point)), apply_to = function)
#include <map>
#include <string>
#define POINT
#else
#define POINT __attribute__((trace_point))
#endif

template <class... T> POINT int pack(T... args) { return sizeof...(args); }
union Big {
  int values[9];
};
template <class T, class... R> POINT int pack(Big, T *first, R... args) {
  return *first;
}
template <class T, class... R>
__attribute__((trace_point)) void trace_event_pack(T a, R... rest);

template <class T> struct Holder {
  template <class U> POINT T member(T t, U u) { return t + u; }
  __attribute__((trace_point)) static void trace_static_event(T t);
};
template <class T> POINT T explicit_instance(T t) { return t; }
template int explicit_instance<int>(int);

int main() {
  pack(1, 2.5);
  int three = 3;
  pack(Big{}, &three, 3L);
  trace_event_pack(4, 5L, "x");
#ifdef PRAGMA
  auto lambda = [](auto x) { return x; };
#else
  auto lambda = [](auto x) __attribute__((trace_point)) { return x; };
#endif
  lambda(6);
  lambda(7.5);
  Holder<int> holder;
  holder.member(8, 9L);
  Holder<long>::trace_static_event(10);
  explicit_instance(11);
}
#ifdef PRAGMA
#pragma clang attribute pop
#endif
