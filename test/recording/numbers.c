/* Numbers of every kind, in registers and on the stack, are recorded by the code
 * behind the site as they are. */
// RUN: %clang_trace -O2 %s -o %t %link
// RUN: %t > %t.expected
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir -e '*' -- %t > %t.printed
// RUN: %tracepoint view %t.dir | sed 's/^[^:]*: //' | diff %t.expected -
// RUN: %clang_trace -O0 %s -o %t.plain %link
// RUN: rm -rf %t.dir && %tracepoint record -q -o %t.dir -e '*' -- %t.plain > %t.printed
// RUN: %tracepoint view %t.dir | sed 's/^[^:]*: //' | diff %t.expected -

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

[[trace::point]] void trace_nothing(void);
[[trace::point]] void trace_few(int8_t a, double b, uint64_t c);
[[trace::point]] void trace_many(int8_t a, double b, uint8_t c, float d, int16_t e, double f, uint16_t g, float h,
                                 int32_t i, double j, uint32_t k, float l, int64_t m, double n, uint64_t o, float p,
                                 bool q, double r, bool s, double t, int64_t u, uint8_t v);

int main(void) {
  for (int n = 0; n < 200; n++) {
    int64_t odd = n % 2 ? -1 - (int64_t)n * n * n * n * n * n * n : n;
    double half = n / 2.0;
    int8_t a = odd;
    uint8_t c = odd;
    int16_t e = odd;
    uint16_t g = odd;
    int32_t i = odd;
    uint32_t k = odd;
    uint64_t o = odd;
    printf("nothing: \n");
    trace_nothing();
    printf("few: a=%d b=%g c=%" PRIu64 "\n", a, half, o);
    trace_few(a, half, o);
    printf("many: a=%d b=%g c=%u d=%g e=%d f=%g g=%u h=%g i=%d j=%g k=%u l=%g m=%" PRId64 " n=%g o=%" PRIu64
           " p=%g q=%s r=%g s=%s t=%g u=%" PRId64 " v=%u\n",
           a, half, c, half + 1, e, half + 2, g, half + 3, i, half + 4, k, half + 5, odd, half + 6, o, half + 7,
           n & 1 ? "true" : "false", half + 8, n & 2 ? "true" : "false", half + 9, -odd, c ^ 1);
    trace_many(a, half, c, half + 1, e, half + 2, g, half + 3, i, half + 4, k, half + 5, odd, half + 6, o, half + 7,
               n & 1, half + 8, n & 2, half + 9, -odd, c ^ 1);
  }
}
