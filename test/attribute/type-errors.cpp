// A parameter whose elements, members or flags can't be recorded is an error
// where it is declared, with what to do instead.
// RUN: %clangxx_trace -std=c++20 -ferror-limit=0 -fsyntax-only -Xclang -verify %s

#include <span>
#include <string>
#include <string_view>
#include <vector>

// ---- Buffers

[[trace::point]] void trace_good([[trace::bytes("n")]] const void *p, unsigned char n);
[[trace::point]] void trace_gnu(int n, __attribute__((trace_bytes("n"))) short *p);
// expected-error@+1 {{'m' is no integer parameter of 'trace_no_length', so it can't be the length of 'p'; name the parameter that is its number of bytes}}
[[trace::point]] void trace_no_length([[trace::bytes("m")]] const void *p, int n);
// expected-error@+1 {{'n' is no integer parameter of 'trace_float_length', so it can't be the length of 'p'; name the parameter that is its number of elements}}
[[trace::point]] void trace_float_length([[trace::bytes("n")]] const int *p, float n);
// expected-error@+1 {{is for a pointer, of which another parameter, that is named in it, says how many elements there are; 'int' is no pointer}}
[[trace::point]] void trace_no_pointer([[trace::bytes("n")]] int p, int n);
struct Inner {
  union {
    int a;
    float b;
  };
  int c;
};
// expected-error@+1 {{parameter 'p' of trace event 'trace_structs' has type 'const Inner *', which can't be recorded: elements of type 'Inner'}}
[[trace::point]] void trace_structs([[trace::bytes("n")]] const Inner *p, int n);
// expected-error@+1 {{requires a string}}
[[trace::point]] void trace_number_length([[trace::bytes(4)]] const void *p, int n);
// expected-error@+1 {{applies to parameters only}}
[[trace::bytes("n")]] void trace_function(int n);

// ---- Arrays and what the standard library has

[[trace::point]] void trace_array(const long (&a)[128]);
// expected-error@+1 {{which can't be recorded: an array has up to 1024 bytes; pass a pointer with trace::bytes("length"), which is cut to that}}
[[trace::point]] void trace_large(const long (&a)[129]);
// expected-error@+1 {{which can't be recorded: an array of 'Inner'}}
[[trace::point]] void trace_array_of_structs(const Inner (&a)[2]);
// expected-error@+1 {{which can't be recorded: elements of type 'std::basic_string<char>'}}
[[trace::point]] void trace_span_of_strings(std::span<std::string> s);

// ---- Structs

struct Bits {
  int a : 3;
};
// expected-error@+1 {{parameter 'b' of trace event 'trace_bits' has type 'Bits', which can't be recorded: its member 'a' is a bit-field; pass that as a parameter of its own}}
[[trace::point]] void trace_bits(Bits b);
// expected-error@+1 {{which can't be recorded: it is, or has, a union}}
[[trace::point]] void trace_union(Inner i);
class Private {
  int a;
};
// expected-error@+1 {{which can't be recorded: its member 'a' is not public; pass what it stands for}}
[[trace::point]] void trace_private(Private p);
// expected-error@+1 {{which can't be recorded: it has a base that is not public}}
[[trace::point]] void trace_vector(std::vector<int> v);
struct Virtual {
  virtual void f();
  int a;
};
// expected-error@+1 {{which can't be recorded: it is a class with virtual functions or bases}}
[[trace::point]] void trace_virtual(Virtual v);
struct Empty {};
// expected-error@+1 {{which can't be recorded: it has no members}}
[[trace::point]] void trace_empty(Empty e);

// ---- Flags

enum colour { RED = 1, GREEN = 2 };
[[trace::point]] void trace_flags([[trace::flags]] colour c, [[trace::flags("colour")]] int d);
// expected-error@+1 {{which can't be recorded: only an enumeration's enumerators are flags; name the enumeration that has them, as in trace::flags("name")}}
[[trace::point]] void trace_nameless([[trace::flags]] int f);
// expected-error@+1 {{which can't be recorded: no enumeration 'colours' is declared, of which it would have the flags}}
[[trace::point]] void trace_unknown_enum([[trace::flags("colours")]] int f);
// expected-error@+1 {{which can't be recorded: flags are an enumeration or an integer}}
[[trace::point]] void trace_float_flags([[trace::flags("colour")]] float f);
// expected-error@+1 {{applies to enumerations, parameters and members only}}
[[trace::flags]] int variable;

// ---- Formats

[[trace::point("%s %x %s %p %s")]]
void trace_shown(std::string_view a, const int (&b)[2], colour c, const short (&d)[3], Inner *e);
// expected-error@-2 {{'%s' in the trace format expects 'char *', but parameter 'e' is 'Inner *'}}
// expected-error@+1 {{'%d' in the trace format expects 'int', but parameter 'a' is 'std::string_view'}}
[[trace::point("%d")]] void trace_text_as_number(std::string_view a);
// expected-error@+1 {{'%f' in the trace format expects 'double', but parameter 'a' is 'const int (&)[2]'}}
[[trace::point("%f")]] void trace_wrong_element(const int (&a)[2]);
