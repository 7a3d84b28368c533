// What Linux cannot record or print is an error where it is declared, with
// advice; and a trace point for the kernel that has nowhere to go.
// RUN: rm -rf %t && %clang_trace -fplugin-arg-trace-emit-kernel=%t -fsyntax-only -Xclang -verify %s
// RUN: not ls %t
// RUN: not %clang_trace -fplugin-arg-trace-abi=linux -DNOWHERE -c %s -o /dev/null 2>&1 | FileCheck --check-prefix=NOWHERE %s
// RUN: not %clang_trace -fplugin-arg-trace-emit-kernel=%t -x c++ -DNOWHERE -c %s -o /dev/null 2>&1 | FileCheck --check-prefix=CXX %s
// NOWHERE: event-errors.c:[[#@LINE+4]]:{{.*}} error: with abi=linux a trace point needs -fplugin-arg-trace-emit-kernel=DIR too
// CXX: event-errors.c:[[#@LINE+3]]:{{.*}} error: trace point 'trace_nowhere' is to be an event of the Linux kernel, which is written in C

#ifdef NOWHERE
__attribute__((trace_point)) void trace_nowhere(int a);
#else

struct point { int x, y; };

// expected-error@+1 {{parameter 'f' of trace event 'trace_float' has type 'float', which can't be recorded; these can: integers of up to 64 bits, bool, enumerations, pointers and arrays}}
[[trace::point]] void trace_float(float f);
// expected-error@+1 {{'%f' is no conversion of a kernel's trace event}}
[[trace::point("%f")]] void trace_double(double d);
// expected-error@+1 {{parameter 'p' of trace event 'trace_structure' has type 'struct point'}}
[[trace::point]] void trace_structure(struct point p);
// expected-error@+1 {{parameter 'i' of trace event 'trace_wide' has type '__int128'}}
[[trace::point]] void trace_wide(__int128 i);

// A position, a length that printk does not have, a pointer that is followed.
// expected-error@+1 {{'%1$d' is no conversion of a kernel's trace event; use those of its printk}}
[[trace::point("%1$d")]] void trace_position(int a);
// expected-error@+1 {{'%jd' is no conversion of a kernel's trace event}}
[[trace::point("%jd")]] void trace_maximum(__INTMAX_TYPE__ a);
// expected-error@+1 {{'%pI4' is no conversion of a kernel's trace event}}
[[trace::point("%pI4")]] void trace_followed(void *address);
// expected-error@+1 {{'%*d' is no conversion of a kernel's trace event}}
[[trace::point("%*d")]] void trace_width(int width, int a);
[[trace::point("%p %px %pK %pS, %ps.")]]
void trace_addresses(void *a, void *b, void *c, void *d, void *e);

// expected-error@+2 {{the kernel would have two trace events 'twice', 'trace_twice' and 'twice'}}
[[trace::point]] void trace_twice(int a);
[[trace::point]] int twice(int a) { return a; }

// Left out, with a remark: the function is what it is.
// expected-remark@+1 {{parameter 'f' of traced function 'scale' has type 'float' and is not recorded}}
[[trace::point]] int scale(int n, float f) { return n; }
#endif
