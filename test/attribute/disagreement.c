// Two declarations of one trace point must say the same.
// RUN: %clang_trace -std=c23 -fsyntax-only -Xclang -verify %s

[[trace::point("a=%d")]] void trace_same(int a);
[[trace::point("a=%d")]] void trace_same(int a);
void trace_same(int a);

// expected-note@+1 {{the other one is here}}
[[trace::point("a=%d")]] void trace_format(int a);
// expected-error@+1 {{'trace_format' is declared as a trace point with another format before; write it once, or the same text each time}}
[[trace::point("b=%d")]] void trace_format(int b);

// expected-note@+1 {{the other one is here}}
[[trace::system("one"), trace::point]] void trace_system(int a);
// expected-error@+1 {{'trace_system' is declared as a trace point with another system before}}
[[trace::system("two")]] void trace_system(int a);

// expected-note@+2 {{the other one is here}}
// expected-error@+1 {{'trace_twice' is declared as a trace point with another format before}}
[[trace::point("a=%d")]] [[trace::point("%d")]] void trace_twice(int a);

// expected-note@+1 {{the other one is here}}
[[trace::point("a=%d")]] int function(int a);
// expected-error@+1 {{'function' is declared as a trace point with another format before}}
[[trace::point("%d")]] int function(int a) { return a; }
