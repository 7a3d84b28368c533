// What the compiler makes is listed alike from an object file, from what three
// linkers make of it, and after ThinLTO.
// REQUIRES: lld, bfd, gold
// RUN: %clangxx_trace -O2 -g0 -c %s -o %t.o
// RUN: %tracepoint list %t.o | FileCheck %s
// RUN: %clangxx %t.o %lld -Wl,--gc-sections -o %t.lld
// RUN: %tracepoint list %t.lld | FileCheck %s
// RUN: %clangxx %t.o %bfd -Wl,--gc-sections -o %t.bfd
// RUN: %tracepoint list %t.bfd | FileCheck %s
// RUN: %clangxx %t.o %gold -Wl,--gc-sections -o %t.gold
// RUN: %tracepoint list %t.gold | FileCheck %s
// RUN: %clangxx_trace -O2 -flto=thin %s %lld -o %t.thin
// RUN: %tracepoint list %t.thin | FileCheck %s
// RUN: llvm-strip --strip-sections %t.lld -o %t.headless
// RUN: %tracepoint list %t.headless | FileCheck %s
// RUN: %tracepoint list --json %t.lld | FileCheck %s --check-prefix=JSON

// CHECK: {{^}}serve:handle(int n) - {{[1-9][0-9]*}} sites {{.*}}list-compiled.cpp:[[#@LINE+15]]
// CHECK-NEXT: {{^}}serve:request(int n, const char *who, {{.*}}Kind kind, double d, void *p, bool b, unsigned char c) "n=%d %s\n" {{[1-9][0-9]*}} site{{s?}} {{.*}}list-compiled.cpp:[[#@LINE+10]]

// JSON: "address": {{[1-9][0-9]+}},
// JSON-NEXT: "function": "serve::handle(int)",
// JSON-NEXT: "file": "{{.*}}list-compiled.cpp",
// JSON-NEXT: "line": {{[1-9][0-9]*}}

namespace serve {
enum class Kind { Get, Put };
[[trace::point("n=%d %s\n")]]
void trace_request(int n, const char *who, Kind kind, double d, void *p, bool b,
                   unsigned char c);

// Called from main and, by its address, from elsewhere.
[[trace::point]] long handle(int n) {
  trace_request(n, "x", Kind::Get, 1.5, nullptr, true, 'c');
  return n;
}
} // namespace serve

long (*volatile kept)(int) = serve::handle;
int main(int argc, char **) { return (int)(serve::handle(argc) + kept(1)); }
