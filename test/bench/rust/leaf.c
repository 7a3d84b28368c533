// A leaf function with eight values alive; the same as in leaf.rs.
#include "leaf.h"

unsigned long leaf(unsigned long a, unsigned long b, unsigned long c,
                   unsigned long d) {
  unsigned long x = a * b + c, y = (c ^ d) * a, z = x + (y >> 3),
                w = z ^ (b << 5);
#ifndef WITHOUT
  trace_leaf(x, w);
#endif
  return (x * y) ^ (z + w) ^ (a + d);
}
