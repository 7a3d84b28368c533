// A constructor or destructor is one event with one hit an object, however many
// variants of it the ABI wants.
// RUN: %clangxx_trace -O0 %s -o %t0 %link
// RUN: %clangxx_trace -O2 %s -o %t2 %link
// RUN: rm -f %t0.out %t2.out
// RUN: env TRACE_ENABLE='*' TRACE_OUTPUT=%t0.out %t0 && FileCheck %s < %t0.out
// RUN: env TRACE_ENABLE='*' TRACE_OUTPUT=%t2.out %t2 && FileCheck %s < %t2.out
// RUN: %tracepoint list %t0 | FileCheck --check-prefix=LIST %s

// LIST: constructors:Base(Base *this, int a) - {{[0-9]+}} site
// LIST-NOT: constructors:Base(
// LIST: constructors:Derived(Derived *this)
// LIST-NOT: constructors:Derived(

// CHECK: Derived: this=
// CHECK-NEXT: Base: this=0x{{[0-9a-f]+}} a=1
// CHECK-NEXT: Plain: this=0x{{[0-9a-f]+}} a=2
// CHECK-NEXT: ~Plain: this=
// CHECK-NEXT: ~Derived: this=
// CHECK-NEXT: ~Base: this=
// CHECK-NOT: {{[a-zA-Z]}}:

struct Base {
  int a;
  [[trace::point]] explicit Base(int a);
  [[trace::point]] virtual ~Base();
};
struct Derived : virtual Base {
  [[trace::point]] Derived();
  [[trace::point]] ~Derived();
};
struct Plain {
  int a;
  [[trace::point]] explicit Plain(int a);
  [[trace::point]] ~Plain();
};

Base::Base(int a) : a(a) {}
Base::~Base() { a = 0; }
Derived::Derived() : Base(1) { ++a; }
Derived::~Derived() { --a; }
Plain::Plain(int a) : a(a) {}
Plain::~Plain() { a = 0; }

int main() {
  Base *object = new Derived;
  { Plain p(2); }
  delete object;
}
