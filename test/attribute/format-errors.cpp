// A format that does not fit the parameters is an error at the attribute.
// RUN: %clangxx_trace -std=c++20 -fsyntax-only -Xclang -verify %s

enum Color { Red };
enum class Mode : unsigned char { Read };

// All of these fit.
[[trace::point("%d %u %lx %lld %c %hhd %hd")]] void trace_integers(int a, unsigned b, unsigned long c, long long d, char e, signed char f, short g);
[[trace::point("%f %g %e %a")]] void trace_floats(float a, double b, float c, double d);
[[trace::point("%s %s %p %p")]] void trace_pointers(const char *s, char *t, void *p, const char *address);
[[trace::point("%d %s %d %s %u")]] void trace_enums(Color c, Color d, Mode m, Mode n, bool b);
[[trace::point("%2$s %1$d %%")]] void trace_positional(int a, const char *s);
[[trace::point("%*d %.*s")]] void trace_widths(int width, int a, int precision, const char *s);
[[trace::point("only %d")]] void trace_rest_is_recorded(int a, int b);
[[trace::point("%p")]] void trace_reference(int &a);
[[trace::point("")]] void trace_empty(int a);

// expected-error@+1 {{'%d' in the trace format expects 'int', but parameter 'a' is 'const char *'}}
[[trace::point("%d")]] void trace_string_as_number(const char *a);
// expected-error@+1 {{'%s' in the trace format expects 'char *', but parameter 'a' is 'int'}}
[[trace::point("%s")]] void trace_number_as_string(int a);
// expected-error@+1 {{'%d' in the trace format expects 'int', but parameter 'a' is 'long'}}
[[trace::point("%d")]] void trace_narrow(long a);
// expected-error@+1 {{'%f' in the trace format expects 'double', but parameter 'a' is 'int'}}
[[trace::point("%f")]] void trace_int_as_float(int a);
// expected-error@+1 {{'%d' in the trace format has no parameter; 'trace_missing' has 1}}
[[trace::point("%d %d")]] void trace_missing(int a);
// expected-error@+1 {{'%3$d' in the trace format has no parameter; 'trace_position' has 1}}
[[trace::point("%3$d")]] void trace_position(int a);
// expected-error@+1 {{'%n' is no conversion of a trace format; use those of C's printf but %n, and no wide characters}}
[[trace::point("%n")]] void trace_count(int *a);
// expected-error@+1 {{'%m' is no conversion of a trace format}}
[[trace::point("%m")]] void trace_errno();
// expected-error@+1 {{'%wd' is no conversion of a trace format}}
[[trace::point("%wd")]] void trace_length(int a);
// expected-error@+1 {{'%b' is no conversion of a trace format}}
[[trace::point("%b")]] void trace_binary(unsigned a);
// expected-error@+1 {{'%ls' is no conversion of a trace format}}
[[trace::point("%ls")]] void trace_wide_string(const wchar_t *a);
// expected-error@+1 {{'%lc' is no conversion of a trace format}}
[[trace::point("%lc")]] void trace_wide_character(int a);
// expected-error@+1 {{'%y' is no conversion of a trace format}}
[[trace::point("%y")]] void trace_unknown(int a);
// expected-error@+1 {{'%' is no conversion of a trace format}}
[[trace::point("100%")]] void trace_incomplete();

// A traced function leaves out what can't be recorded, unless its format
// names it.
union Big {
  int a[4];
};
// expected-remark@+1 {{parameter 'b' of traced function 'leaves_out' has type 'Big' and is not recorded: it is, or has, a union}}
[[trace::point]] int leaves_out(int a, Big b) { return a + b.a[0]; }
// expected-error@+1 {{'%d' in the trace format expects 'int', but parameter 'b' is 'Big'}}
[[trace::point("%d %d")]] int names_it(int a, Big b) { return a + b.a[0]; }

// A template is checked as it is instantiated.
// expected-error@+1 {{'%d' in the trace format expects 'int', but parameter 'v' is 'double'}}
template <class T> [[trace::point("%d")]] void trace_template(T v);
void use() {
  trace_template(1);
  trace_template(1.0);
}
