// The same where objects wait to be destroyed and exceptions to be caught.
// REQUIRES: x86-registered-target, aarch64-registered-target
// DEFINE: %{target} = x86_64-linux-gnu
// DEFINE: %{clang} = %clangxx_trace --target=%{target} -O2
// DEFINE: %{dump} = llvm-objdump -d --no-show-raw-insn --no-leading-addr
// DEFINE: %{function} =
// DEFINE: %{compare} = %python %S/Inputs/hot-path.py %{function} 1 %t.without %t.with
// DEFINE: %{build} = %{clang} -DOFF -c -o %t.without.o %s && %{clang} -c -o %t.with.o %s && %{dump} %t.without.o > %t.without && %{dump} %t.with.o > %t.with
// RUN: %{build}
// REDEFINE: %{function} = cleanup
// RUN: %{compare}
// REDEFINE: %{function} = catches
// RUN: %{compare}
// REDEFINE: %{function} = leaf
// RUN: %{compare}
// REDEFINE: %{target} = aarch64-linux-gnu
// RUN: %{build}
// RUN: %{compare}
// REDEFINE: %{function} = catches
// RUN: %{compare}
// REDEFINE: %{function} = cleanup
// RUN: %{compare}

#ifdef OFF
#define trace_leaf(...) (void)0
#else
[[trace::point]] void trace_leaf(unsigned long a, unsigned long b);
#endif

struct Guard {
  explicit Guard(unsigned long value);
  ~Guard();
  unsigned long value() const { return Value; }
  unsigned long Value;
};
unsigned long mayThrow(unsigned long a, unsigned long b);

extern "C" unsigned long cleanup(unsigned long a, unsigned long b) {
  Guard guard(a);
  trace_leaf(guard.value() + 1, b);
  return mayThrow(a, b) + b;
}

extern "C" unsigned long catches(unsigned long a, unsigned long b) {
  try {
    unsigned long sum = mayThrow(a, b);
    trace_leaf(sum, b);
    return mayThrow(sum, a);
  } catch (...) {
    return b;
  }
}

extern "C" unsigned long leaf(unsigned long a, unsigned long b, unsigned long c,
                              unsigned long d) {
  try {
    unsigned long x = a * b + c, y = (c ^ d) * a, z = x + (y >> 3),
                  w = z ^ (b << 5);
    trace_leaf(x, w);
    return (x * y) ^ (z + w) ^ (a + d);
  } catch (...) {
    return 0;
  }
}
