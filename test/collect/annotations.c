// Annotations that carry trace points are gone after the first pass, so that
// they keep no function alive; other annotations stay.
// RUN: %clang_trace -O1 -S -emit-llvm -Xclang -disable-llvm-passes %s -o %t.ll
// RUN: FileCheck --check-prefix=BEFORE %s < %t.ll
// RUN: %opt -passes=trace-split -S %t.ll -o - | FileCheck --check-prefix=AFTER %s
// RUN: %clang_trace -O2 -c %s -o %t.o
// RUN: llvm-nm %t.o | FileCheck --check-prefix=SYMBOLS %s

// BEFORE: @llvm.global.annotations = appending global [{{[0-9]+}} x
// AFTER: @llvm.global.annotations = appending global [1 x {{.*}} @other
// AFTER-NOT: @llvm.var.annotation.{{.*}}trace.argument

__attribute__((trace_point)) static inline int unused(int a) { return a; }
__attribute__((annotate("of somebody else"))) int other(int a) {
  return unused(a);
}

// SYMBOLS-NOT: {{ }}unused
