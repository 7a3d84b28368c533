// `run` prints the events of programs of every kind: without the library, with
// it, and static with it.
// REQUIRES: x86_64
// UNSUPPORTED: sanitized
// RUN: %clang_trace -O2 %s -o %t.none
// RUN: %tracepoint run -e hello -- %t.none x 2>&1 | FileCheck %s
// RUN: %clang_trace -O2 %s %link -o %t.linked
// RUN: %tracepoint run -e "*:hello" -- %t.linked x 2>&1 | FileCheck %s
// RUN: %clang_trace -O2 -static %s -L%libdir -ltracepoint -o %t.static
// RUN: %tracepoint run -e 'hello' -- %t.static x 2>&1 | FileCheck %s
// RUN: rm -f %t.out
// RUN: cd %S && %tracepoint run -e hello -o %t.out -- %t.none x && FileCheck %s < %t.out

// CHECK: run-traced{{[^ ]*}}-{{[0-9]+ +.[0-9]+. [^ ]+ +[0-9]+[.][0-9]+}}: hello: argc=2 me="
// CHECK-NOT: hello

[[trace::point("argc=%d me=\"%.20s\"")]]
void trace_hello(int argc, const char *me);

int main(int argc, char **argv) {
  trace_hello(argc, argv[1]);
  return 0;
}
