// An event that is called through its address, from another file or compiler too,
// records; and a C function may be given it as a callback.
// REQUIRES: x86_64, lld, bfd, gold
// DEFINE: %{flags} =
// DEFINE: %{check} = %clangxx_trace -std=c++17 %{flags} %s -o %t && %trace_program %t | FileCheck %s
// REDEFINE: %{flags} = -O0
// RUN: %{check}
// REDEFINE: %{flags} = -O2 %lld
// RUN: %{check}
// REDEFINE: %{flags} = -O2 -fno-pie -no-pie %bfd
// RUN: %{check}
// REDEFINE: %{flags} = -O2 -fPIC %gold
// RUN: %{check}
// REDEFINE: %{flags} = -O2 -flto=thin -fsanitize=cfi -fvisibility=hidden %lld
// RUN: %{check}
#include <algorithm>
#include <functional>
#include <utility>

[[trace::point("a=%d")]] void trace_called(int a);
[[trace::point("a=%d b=%s")]] void trace_pair(int a, const char *b);
template <class T> [[trace::point]] void trace_of(T value);

struct Table {
  void (*one)(int) = trace_called;
  void (&reference)(int, const char *) = trace_pair;
};
template <void (*F)(int)> void constant(int a) { F(a); }
static Table table;
static void (*volatile hidden)(int) = trace_called;

// CHECK: on: called: a=1
// CHECK-NEXT: on: pair: a=2 b=two
// CHECK-NEXT: on: called: a=3
// CHECK-NEXT: on: called: a=4
// CHECK-NEXT: on: called: a=5
// CHECK-NEXT: on: called: a=6
// CHECK-NEXT: on: called: a=7
// CHECK-NEXT: on: of: value=8
// CHECK-NOT: on:
// CHECK: sites: address:called
int main() {
  table.one(1);
  table.reference(2, "two");
  hidden(3);
  constant<trace_called>(4);
  std::function<void(int)> function = trace_called;
  function(5);
  const int values[] = {6, 7};
  std::for_each(std::begin(values), std::end(values), trace_called);
  void (*instance)(long) = trace_of<long>;
  instance(8);
}
