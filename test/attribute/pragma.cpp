// One pragma traces every function of a file, whatever it is, and leaves alone
// what can't be traced.
// RUN: %clangxx_trace -std=c++20 -fsyntax-only -Xclang -verify=quiet %s
// RUN: %clangxx_trace -std=c++20 -fsyntax-only -Rpass-missed=trace -Xclang -verify=remarks %s
// RUN: %clangxx_trace -std=c++20 -O2 %s -o %t %link
// RUN: %tracepoint list %t | FileCheck %s
// RUN: rm -f %t.out
// RUN: env TRACE_ENABLE='pragma:*' TRACE_OUTPUT=%t.out %t && FileCheck --check-prefix=OUT %s < %t.out
// quiet-no-diagnostics

// CHECK-DAG: own:special(int a) "special %d"
// CHECK-DAG: pragma:Shape(Shape *this, int sides)
// CHECK-DAG: pragma:area(const Shape *this)
// CHECK-DAG: pragma:lambda(void *this, int x)
// CHECK-DAG: pragma:main(int argc, char **argv)
// CHECK-DAG: pragma:maximum(int a, int b)
// CHECK-DAG: pragma:maximum(double a, double b)
// CHECK-DAG: pragma:operator_call(Shape *this, int k)
// CHECK-DAG: pragma:square(int a)
// CHECK-DAG: pragma:sum(int count)
// CHECK-DAG: pragma:takes_struct(int a)
// CHECK-DAG: pragma:~Shape(Shape *this)
// CHECK-NOT: pragma:compile_time

// OUT: main: argc=1 argv=0x
// OUT-NEXT: Shape: this=0x{{.*}} sides=3
// OUT-NEXT: area: this=0x
// OUT-NEXT: operator_call: this=0x{{.*}} k=4
// OUT-NEXT: maximum: a=1 b=2
// OUT-NEXT: maximum: a=1.5 b=0.5
// OUT-NEXT: square: a=5
// OUT-NEXT: sum: count=1
// OUT-NEXT: takes_struct: a=6
// OUT-NEXT: lambda: this=0x{{.*}} x=7
// OUT-NEXT: ~Shape: this=0x

#pragma clang attribute push(__attribute__((trace_point)), apply_to = function)

union Big {
  int values[8];
};
void declared_only(int a);
void trace_looks_like_an_event(int a);

struct Shape {
  int sides;
  explicit Shape(int sides) : sides(sides) {}
  virtual ~Shape() { sides = 0; }
  virtual double area() const { return sides * 0.5; }
  int operator()(int k) { return sides * k; }
};

template <class T> T maximum(T a, T b) { return a > b ? a : b; }
constexpr int square(int a) { return a * a; }
static_assert(square(3) == 9);
consteval int compile_time(int a) { return a; }
static int sum(int count, ...) {
  __builtin_va_list list;
  __builtin_va_start(list, count);
  int total = __builtin_va_arg(list, int);
  __builtin_va_end(list);
  return total;
}
// remarks-remark@+1 {{parameter 'b' of traced function 'takes_struct' has type 'Big' and is not recorded}}
int takes_struct(int a, Big b) { return a + b.values[0]; }

#pragma clang attribute push(__attribute__((trace_system("own"))), apply_to = function)
__attribute__((trace_point("special %d"))) int special(int a) { return a; }
#pragma clang attribute pop

int main(int argc, char **argv) {
  Shape shape(3);
  volatile double area = static_cast<Shape &>(shape).area() + shape(4) + maximum(1, 2) + maximum(1.5, 0.5);
  volatile int five = 5;
  area = area + square(five) + sum(1, 2) + takes_struct(6, Big{}) + compile_time(2);
  auto lambda = [](int x) { return x; };
  area = area + lambda(7) + (argc > 5 ? special(1) + argv[0][0] : 0);
}
#pragma clang attribute pop
