// IR that was written before the passes ran is an error to compile, not a
// program without its trace points; with the passes, it is compiled whole.
// RUN: %clang_trace -O2 -S -emit-llvm -Xclang -disable-llvm-passes %s -o %t.ll
// RUN: not %clang -O2 -c %t.ll -o %t.o 2>&1 | FileCheck %s
// RUN: not %clang_trace -O2 -c %t.ll -o %t.o 2>&1 | FileCheck %s
// RUN: not %clang_trace -O2 -c -Xclang -disable-llvm-passes %s -o %t.o 2>&1 | FileCheck %s
// CHECK: trace points were not compiled: run the passes of the trace plugin on this file
// RUN: %opt -passes='default<O2>' %t.ll -o %t.bc
// RUN: %clang -c %t.bc -o %t.o
// RUN: %tracepoint list %t.o | FileCheck --check-prefix=LIST %s
// LIST: unfinished:body(int a) - 1 site

__attribute__((trace_point)) int body(int a) { return a; }

// The same in bitcode.
// RUN: %clang_trace -O2 -c -emit-llvm -Xclang -disable-llvm-passes %s -o %t.raw.bc
// RUN: not %clang -O2 -c %t.raw.bc -o %t.o 2>&1 | FileCheck %s
// RUN: %clang -O2 -fpass-plugin=%libdir/LLVMTracePoint-%llvm_major.so -c %t.raw.bc -o %t.o
// RUN: %tracepoint list %t.o | FileCheck --check-prefix=LIST %s
