// [[trace::immediate]] goes with a trace point, and may stand on any of its
// declarations; elsewhere a warning says that it means nothing.
// RUN: %clangxx_trace -std=c++20 -O2 -S -emit-llvm -Xclang -disable-llvm-passes %s -o - | FileCheck %s
// RUN: %clangxx_trace -fsyntax-only -Xclang -verify -DERRORS %s
// RUN: %clang_trace -x c -std=c23 -fsyntax-only -Xclang -verify -DERRORS %s
#ifndef ERRORS
#if !__has_cpp_attribute(trace::immediate) || !__has_attribute(trace_immediate)
#error the attribute is not known
#endif
// Of the first nothing is said between its file and its line.
// CHECK-DAG: \22file\22:\22{{[^\\]*}}\22,\22line\22:{{[0-9]+}},\22name\22:\22plain\22
// CHECK-DAG: {{.*}}22immediate\22:true{{.*}}22both
// CHECK-DAG: {{.*}}22immediate\22:true{{.*}}22later
// CHECK-DAG: {{.*}}22immediate\22:true{{.*}}22entered
[[trace::point]] void trace_plain(int a);
[[trace::immediate, trace::point("a=%d")]] void trace_both(int a);
[[trace::point]] void trace_later(int a);
__attribute__((trace_immediate)) void trace_later(int a);
[[trace::point]] [[trace::immediate]] int entered(int a) { return a; }
void use() {
  trace_plain(1);
  trace_both(2);
  trace_later(entered(3));
}
#else
// expected-warning@+1 {{'none' is no trace point, so that its checks are immediate means nothing; add trace::point}}
__attribute__((trace_immediate)) void none(int a);
// expected-error@+1 {{takes no arguments}}
__attribute__((trace_immediate("now"), trace_point)) void trace_argument(int a);
// expected-error@+1 {{'trace_immediate' applies to functions only}}
__attribute__((trace_immediate)) int variable;
// An unscoped one is not ours.
// expected-warning@+1 {{unknown attribute 'immediate' ignored}}
[[immediate]] void unscoped(void);
#endif
