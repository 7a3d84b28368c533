// Events of one shape share the function that records, in a translation unit
// and in an image; those whose values are recorded in another way, or for
// another processor, have another. The beginning and the end of a record are the
// same for all shapes.
// REQUIRES: x86-registered-target, lld
// RUN: %clang_trace --target=x86_64-linux-gnu -O2 -fPIC -c -o %t.one.o %s
// RUN: llvm-nm %t.one.o | FileCheck %s --check-prefix=ONE --implicit-check-not=__trace_record_
// RUN: %clang_trace --target=x86_64-linux-gnu -O2 -fPIC -c -DOTHER -o %t.other.o %s
// RUN: ld.lld -shared %t.one.o %t.other.o -o %t.so
// RUN: llvm-nm %t.so | FileCheck %s --check-prefix=IMAGE --implicit-check-not=__trace_record_
// RUN: llvm-nm %t.so | FileCheck %s --check-prefix=BEGIN --implicit-check-not=__trace_reserve_
// RUN: llvm-nm %t.so | FileCheck %s --check-prefix=END --implicit-check-not=__trace_publish_
// BEGIN-COUNT-2: __trace_reserve_
// END-COUNT-2: __trace_publish_
// ONE-COUNT-4: __trace_record_
// IMAGE-COUNT-5: __trace_record_

#ifndef OTHER
__attribute__((trace_point)) void trace_one(int a, const char *text);
__attribute__((trace_point)) void trace_same(int number, const char *words);
__attribute__((trace_point)) void trace_wider(long a, const char *text);
__attribute__((trace_point)) void trace_unsigned(unsigned a, const char *text);

void calls(int a, const char *text) {
  trace_one(a, text);
  trace_same(a, text);
  trace_wider(a, text);
  trace_unsigned((unsigned)a, text);
}

__attribute__((trace_point, target("avx2"))) int newer(int a, const char *text) {
  return a + text[0];
}
#else
__attribute__((trace_point)) void trace_elsewhere(int b, const char *text);
__attribute__((trace_point)) void trace_text(const char *text);

void calls_elsewhere(int a, const char *text) {
  trace_elsewhere(a, text);
  trace_text(text);
}
#endif
