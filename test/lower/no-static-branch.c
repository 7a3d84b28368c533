// Where the architecture has no static branch, the key is loaded and tested,
// and a remark says so.
// RUN: %clang_trace --target=wasm32 -O2 -S -emit-llvm -o - %s | FileCheck %s
// RUN: %clang_trace --target=wasm32 -O2 -c -o /dev/null -Rpass-missed=trace -Xclang -verify %s
// RUN: %clang_trace --target=bpf -O2 -c -o /dev/null %s
// RUN: %clang_trace --target=x86_64-apple-macosx -O2 -c -o /dev/null %s
// RUN: %clang_trace --target=x86_64-windows-msvc -O2 -c -o /dev/null %s
// REQUIRES: webassembly-registered-target, bpf-registered-target

__attribute__((trace_point)) void trace_it(int a);

// CHECK: @__trace_key_{{.*}} = linkonce_odr hidden externally_initialized global
// CHECK-LABEL: @f(
// CHECK: load volatile i32, ptr @__trace_key_
// CHECK: icmp sgt
// CHECK: br i1
// CHECK: call void @__trace_emit_c_
void f(int a) {
  trace_it(a); // expected-remark {{no static branch on this architecture: the key is loaded and tested}}
}
