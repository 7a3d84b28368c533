// What Rust can't call is an error at its place in C++, and no module is written.
// RUN: rm -f %t.rs
// RUN: %emit_rust=%t.rs -Xclang -verify %s
// RUN: not ls %t.rs
// RUN: not %emit_rust= %s 2>&1 | FileCheck %s --check-prefix=EMPTY
// RUN: not %emit_rust=%t/none/x.rs -DGOOD %s 2>&1 | FileCheck %s --check-prefix=PATH
// RUN: echo 'int f(void);' > %t.h
// RUN: %emit_rust=%t.rs %t.h 2>&1 | FileCheck %s --check-prefix=NONE
// EMPTY: '' is no value of -fplugin-arg-trace-emit-rust; use the name of a file
// PATH: error: unable to open output file '{{.*}}none/x.rs'
// NONE: warning: no trace event is declared here, so '{{.*}}' has none

[[trace::point]] void trace_good(int a);
#ifndef GOOD
[[trace::point]] void trace_twice(int a);  // expected-note {{the other one is here}}
[[trace::point]] void trace_twice(long a); // expected-error {{trace event 'trace_twice' can't be called from Rust: another one is errors::twice there, and Rust has no overloading; give it a name or a system of its own}}

[[trace::point]] void trace_on(int a);       // expected-note {{the other one is here}}
[[trace::point]] void trace_on_enabled(int); // expected-error {{another one is errors::on_enabled there}}

namespace {
[[trace::point]] void trace_own(int a); // expected-error {{trace event 'trace_own' can't be called from Rust: it belongs to one translation unit alone; declare it outside of unnamed namespaces}}
}

[[trace::point]] void trace_long(long double a); // expected-error {{which can't be recorded}}
#endif
