// An event that can't be one is an error where it is declared, with advice.
// RUN: %clangxx_trace -std=c++20 -fsyntax-only -Xclang -verify %s

// expected-error@+1 {{trace event 'trace_variadic' is variadic; give each of its fields a parameter}}
[[trace::point]] void trace_variadic(int a, ...);

struct Connection {
  // expected-error@+1 {{trace event 'trace_member' is a non-static member; make it static and pass 'this'}}
  [[trace::point]] void trace_member(int a);
  [[trace::point]] static void trace_class_event(int a);
};

// expected-error@+1 {{trace event 'trace_static' is static and has no body; leave 'static' out}}
[[trace::point]] static void trace_static(int a);

// expected-error@+1 {{trace event 'trace_throws' may throw}}
[[trace::point]] void trace_throws(int a) noexcept(false);
[[trace::point]] void trace_nothrow(int a) noexcept;

// expected-error@+1 {{a trace event needs a name after 'trace_'}}
[[trace::point]] void trace_(int a);

// expected-error@+1 {{'never' can't be a trace point: it is consteval and never runs}}
[[trace::point]] consteval int never(int a) { return a; }

// expected-error@+1 {{'entry' can't be a trace point: it is naked and has no entry of its own}}
[[trace::point, gnu::naked]] void entry() { asm("ret"); }

struct Point {
  int x, y;
};
[[trace::point]] void trace_struct(Point p);
// expected-error@+1 {{parameter 'w' of trace event 'trace_wide' has type '__int128', which can't be recorded; these can: integers of up to 64 bits, bool, enumerations, float, double, pointers, arrays, std::string, std::string_view, std::span and structs of these}}
[[trace::point]] void trace_wide(__int128 w);
// expected-error@+1 {{parameter 'd' of trace event 'trace_long_double' has type 'long double'}}
[[trace::point]] void trace_long_double(long double d);
enum Later : int;
[[trace::point]] void trace_enum(Later l);
// expected-error@+1 {{parameter 'm' of trace event 'trace_member_pointer' has type 'int Point::*'}}
[[trace::point]] void trace_member_pointer(int Point::*m);

// expected-error@+1 {{applies to functions only}}
[[trace::point]] int variable;

// A function without a body that is no event is traced where it is defined.
// expected-warning@+1 {{'public_function' has no body here: its definition is traced, its calls are plain calls; an event is a void function named trace_...}}
[[trace::point]] void public_function(int a);
[[trace::point]] int other_public_function(int a);

// expected-error@+1 {{'no space' is no name of a trace system; use letters, digits and '_', and no digit first}}
[[trace::point, trace::system("no space")]] void trace_bad_system(int a);

// expected-error-re@+1 {{'{{(trace::)?}}point' attribute takes no more than 1 argument}}
[[trace::point("a", "b")]] void trace_two_formats(int a);
// expected-error-re@+1 {{'{{(trace::)?}}point' attribute requires a string}}
[[trace::point(42)]] void trace_number(int a);

// The unscoped spelling is nobody's.
// expected-warning@+1 {{unknown attribute 'point' ignored}}
[[point("x")]] void trace_unscoped(int a);
