// Where an architecture or an object format has no static branch, the key is
// loaded and tested each time, and a remark says so: for events and static
// keys, with optimisation and without, and the optimiser does not fold a key
// that nothing in sight changes.
// REQUIRES: bpf-registered-target, webassembly-registered-target
// REQUIRES: amdgpu-registered-target, nvptx-registered-target, ve-registered-target
// REQUIRES: x86-registered-target, aarch64-registered-target
// DEFINE: %{target} =
// DEFINE: %{clang} = %clang_trace -ffreestanding -nogpulib -Wno-unused-command-line-argument --target=%{target}
// DEFINE: %{level} =
// DEFINE: %{check} = %{clang} %{level} -S -emit-llvm -o - %s | FileCheck %s && %{clang} %{level} -c -o %t.o -Rpass-missed=trace -Xclang -verify %s
// REDEFINE: %{level} = -O0
// REDEFINE: %{target} = bpf
// RUN: %{check}
// REDEFINE: %{target} = wasm32
// RUN: %{check}
// REDEFINE: %{target} = amdgcn-amd-amdhsa -mcpu=gfx900
// RUN: %{check}
// REDEFINE: %{target} = nvptx64-nvidia-cuda -S
// RUN: %{check}
// REDEFINE: %{target} = ve-linux-gnu
// RUN: %{check}
// REDEFINE: %{target} = x86_64-windows-msvc
// RUN: %{check}
// REDEFINE: %{target} = arm64-apple-macosx
// RUN: %{check}
// REDEFINE: %{target} = x86_64-linux-gnux32
// RUN: %{check}
// REDEFINE: %{level} = -O2
// RUN: %{check}
// REDEFINE: %{target} = arm64-apple-macosx
// RUN: %{check}
// REDEFINE: %{target} = x86_64-windows-msvc
// RUN: %{check}
// REDEFINE: %{target} = ve-linux-gnu
// RUN: %{check}
// REDEFINE: %{target} = nvptx64-nvidia-cuda -S
// RUN: %{check}
// REDEFINE: %{target} = amdgcn-amd-amdhsa -mcpu=gfx900
// RUN: %{check}
// REDEFINE: %{target} = wasm32
// RUN: %{check}
// REDEFINE: %{target} = bpf
// RUN: %{check}

#include <trace/point.h>

__attribute__((trace_point)) void trace_it(int a);
void on(void);
static struct trace_key_false off_key __attribute__((aligned(8)));

// CHECK-LABEL: define {{.*}}@event(
// CHECK: load volatile i32, ptr {{.*}}@__trace_key_
// CHECK: icmp sgt
// CHECK: br i1
// CHECK: call {{.*}}@__trace_emit_c_
void event(int a) {
  trace_it(a); // expected-remark {{no static branch on this architecture: the key is loaded and tested}}
}

// CHECK-LABEL: define {{.*}}@unlikely(
// CHECK: load volatile i32, ptr {{.*}}@off_key
// CHECK: icmp sgt
// CHECK: br i1
// CHECK: call {{.*}}@on(
void unlikely(void) {
  if (trace_branch_unlikely(&off_key)) // expected-remark {{no static branch on this architecture}}
    on();
}

// CHECK-LABEL: define {{.*}}@likely(
// CHECK: load volatile i32, ptr {{.*}}@off_key
// CHECK: icmp sgt
// CHECK: br i1
// CHECK: call {{.*}}@on(
void likely(void) {
  if (trace_branch_likely(&off_key)) // expected-remark {{no static branch on this architecture}}
    on();
}
