#include <stdbool.h>

[[trace::point]] void trace_few(signed char c, double d, bool b, int i, float f, const void *p);
[[trace::point]] void trace_many(signed char c, short s, int i, long long l, unsigned u, double d, float f, bool b,
                                 const void *p, long long a, long long z);
