// What every build mode must trace alike in C++: classes, templates,
// exceptions, coroutines. As modes.c.
#include <coroutine>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace shop {
enum class Kind : unsigned char { Get = 1, Put };
[[trace::point("id=%d kind=%d")]] void trace_order(int id, Kind kind);
[[trace::point]] void trace_done(int id) noexcept;
struct Cart {
  [[trace::point("n=%d")]] static void trace_add(int n);
  [[trace::point("n=%d"), gnu::noinline]] explicit Cart(int n) : count(n) {}
  [[trace::point]] virtual int total(int factor) const {
    return count * factor;
  }
  virtual ~Cart() = default;
  int count;
};
struct Big : Cart {
  explicit Big(int n) : Cart(n) {}
  [[trace::point]] int total(int factor) const override {
    return count + factor;
  }
};
template <class T> [[trace::point]] T twice(T value) { return value + value; }
template <class T> struct Box {
  [[trace::point("v=%d")]] static void trace_put(T v);
};
inline int header(int n) {
  trace_order(n, Kind::Put);
  return n;
}
} // namespace shop
namespace {
[[trace::point("local=%d")]] void trace_local(int n);
}

struct Guard {
  int n;
  ~Guard() { shop::trace_done(n); }
};
[[gnu::noinline]] int risky(int n) {
  Guard g{n};
  shop::trace_order(n, shop::Kind::Get);
  if (n > 1)
    throw std::runtime_error("risky");
  shop::Cart::trace_add(n);
  return n;
}
[[trace::point("n=%d"), gnu::noinline]] int thrower(int n) {
  if (n)
    throw n;
  return 0;
}
struct Task {
  struct promise_type {
    Task get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
    std::suspend_always yield_value(int) { return {}; }
  };
  std::coroutine_handle<promise_type> handle;
};
Task generate(int n) {
  for (int i = 0; i < n; ++i) {
    trace_local(i);
    co_yield i;
    trace_local(-i);
  }
}
int main() {
  int sum = 0;
  for (int i = 0; i < 3; ++i)
    try {
      sum += risky(i);
    } catch (const std::exception &e) {
      trace_local(100 + i);
      sum += 1000;
    }
  try {
    thrower(7);
  } catch (int n) {
    sum += n;
  }
  shop::Cart *carts[] = {new shop::Cart(3), new shop::Big(4)};
  for (shop::Cart *c : carts)
    sum += c->total(10);
  for (shop::Cart *c : carts)
    delete c;
  sum += shop::twice(21) + (int)shop::twice(1.5);
  shop::Box<int>::trace_put(5);
  shop::Box<short>::trace_put(6);
  auto lambda = [](int x)
                    __attribute__((trace_point("x=%d"))) { return x + 1; };
  sum += lambda(1);
  sum += shop::header(12);
  Task t = generate(2);
  while (!t.handle.done())
    t.handle.resume();
  t.handle.destroy();
  std::printf("sum %d\n", sum);
}

// CHECK: sum 1111
// CHECK-NEXT: on: order: id=0 kind=1
// CHECK-NEXT: on: add: n=0
// CHECK-NEXT: on: done: id=0
// CHECK-NEXT: on: order: id=1 kind=1
// CHECK-NEXT: on: add: n=1
// CHECK-NEXT: on: done: id=1
// CHECK-NEXT: on: order: id=2 kind=1
// CHECK-NEXT: on: done: id=2
// CHECK-NEXT: on: local: local=102
// CHECK-NEXT: on: thrower: n=7
// CHECK-NEXT: on: Cart: n=3
// CHECK-NEXT: on: Cart: n=4
// CHECK-NEXT: on: total: this=0x{{[0-9a-f]+}} factor=10
// CHECK-NEXT: on: total: this=0x{{[0-9a-f]+}} factor=10
// CHECK-NEXT: on: twice: value=21
// CHECK-NEXT: on: twice: value=1.5
// CHECK-NEXT: on: put: v=5
// CHECK-NEXT: on: put: v=6
// CHECK-NEXT: on: lambda: x=1
// CHECK-NEXT: on: order: id=12 kind=2
// CHECK-NEXT: on: local: local=0
// CHECK-NEXT: on: local: local=0
// CHECK-NEXT: on: local: local=1
// CHECK-NEXT: on: local: local=-1
// CHECK-NEXT: sites: modes:lambda {{[1-9][0-9]?}}
// CHECK-NEXT: sites: modes:local {{[1-9][0-9]?}}
// CHECK-NEXT: sites: modes:thrower {{[1-9][0-9]?}}
// CHECK-NEXT: sites: shop:Cart {{[1-9][0-9]?}}
// CHECK-NEXT: sites: shop:add {{[1-9][0-9]?}}
// CHECK-NEXT: sites: shop:done {{[1-9][0-9]?}}
// CHECK-NEXT: sites: shop:order {{[1-9][0-9]?}}
// CHECK-NEXT: sites: shop:put {{[1-9][0-9]?}}
// CHECK-NEXT: sites: shop:total {{[1-9][0-9]?}}
// CHECK-NEXT: sites: shop:twice {{[1-9][0-9]?}}
