/* Each event has a note that leads to a nop of its own and says where its fields
 * are, with the sizes and signs of their types, in the operands' syntax of each
 * architecture. */
// REQUIRES: lld
// DEFINE: %{target} = x86_64-linux-gnu
// DEFINE: %{flags} = -O2
// DEFINE: %{notes} = %clang_trace --target=%{target} %{flags} -ffreestanding -nostdlib -fuse-ld=lld -shared -fPIC -Wno-all %s -o %t.so && readelf -nW %t.so > %t.txt && llvm-objdump -d --no-show-raw-insn --no-leading-addr %t.so >> %t.txt

// RUN: %if x86-registered-target %{ %{notes} && FileCheck %s < %t.txt --check-prefixes=X86 %}
// X86: stapsdt {{.*}}NT_STAPSDT
// X86-SAME: Provider: notes
// X86-NEXT: Name: types
// X86-NEXT: Location: 0x{{0*[1-9a-f][0-9a-f]*}}, Base: 0x{{0*[1-9a-f][0-9a-f]*}}, Semaphore: 0x{{0+$}}
// X86-NEXT: Arguments: -4@%edi 8@%rsi -2@%dx 1@%cl 8@%r8 4@%r{{[a-z0-9]+}}
// As many as tools take: 12, of 13 fields.
// X86: Name: many
// X86: Arguments: -4@%edi -4@%esi -4@%edx -4@%ecx -4@%r8d -4@%r9d{{( -4@[0-9]+\(%rsp\)){6}$}}
// X86: Name: none
// X86: Arguments: {{$}}
// X86-LABEL: <__trace_emit_pm_notes_trace_types_{{.*}}>:
// X86: nop{{$}}

// REDEFINE: %{target} = aarch64-linux-gnu
// RUN: %if aarch64-registered-target %{ %{notes} && FileCheck %s < %t.txt --check-prefixes=ARM64 %}
// ARM64: Arguments: -4@x0 8@x1 -2@x2 1@x3 8@x4 4@x{{[0-9]+$}}
// ARM64: Arguments: {{(-4@x[0-9]+ ){6}(-4@\[x[0-9]+\] ?){6}$}}
// ARM64-LABEL: <__trace_emit_pm_notes_trace_types_{{.*}}>:
// ARM64: nop{{$}}

// REDEFINE: %{target} = i386-linux-gnu
// RUN: %if x86-registered-target %{ %{notes} && FileCheck %s < %t.txt --check-prefixes=I386 %}
// I386: Arguments: -4@%e{{..}} 8@{{[0-9]*}}(%e{{[a-z]+}}) -2@%e{{..}} 1@%e{{..}} 4@{{[0-9]*}}(%e{{[a-z]+}}) 4@{{.*}}

// REDEFINE: %{target} = armv7-linux-gnueabihf
// RUN: %if arm-registered-target %{ %{notes} && FileCheck %s < %t.txt --check-prefixes=ARM %}
// ARM: Arguments: -4@r{{[0-9]+}} 8@[r{{[0-9]+}}{{.*}}] -2@r{{[0-9]+}} 1@r{{[0-9]+}} {{.*}}

// REDEFINE: %{target} = riscv64-linux-gnu
// RUN: %if riscv-registered-target %{ %{notes} && FileCheck %s < %t.txt --check-prefixes=RISCV %}
// RISCV: Arguments: -4@{{[as][0-9]+}} 8@{{[as][0-9]+}} -2@{{[as][0-9]+}} 1@{{[as][0-9]+}} 8@{{[as][0-9]+}} 4@{{[as][0-9]+$}}

// REDEFINE: %{target} = s390x-linux-gnu
// RUN: %if systemz-registered-target %{ %{notes} && FileCheck %s < %t.txt --check-prefixes=S390 %}
// S390: Arguments: -4@%r{{[0-9]+}} 8@%r{{[0-9]+}} -2@%r{{[0-9]+}} 1@%r{{[0-9]+}} 8@%r{{[0-9]+}} 4@%r{{[0-9]+$}}

// REDEFINE: %{target} = powerpc64le-linux-gnu
// RUN: %if powerpc-registered-target %{ %{notes} && FileCheck %s < %t.txt --check-prefixes=PPC %}
// PPC: Arguments: {{-4@[0-9]+ 8@[0-9]+ -2@[0-9]+ 1@[0-9]+ 8@[0-9]+ 4@[0-9]+$}}

__attribute__((trace_point)) void trace_types(int i, unsigned long long u, short s, _Bool b, const char *text, float f);
__attribute__((trace_point)) void trace_many(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m);
__attribute__((trace_point)) void trace_none(void);

void use(int i, unsigned long long u, short s, _Bool b, const char *text, float f) {
  trace_types(i, u, s, b, text, f);
  trace_many(i, i, i, i, i, i, i, i, i, i, i, i, i);
  trace_none();
}
