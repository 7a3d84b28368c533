enum color { RED = -1, GREEN };
[[trace::point]] void trace_mixed(signed char c, double d, _Bool b, enum color color, float f, const void *p,
                                  unsigned long u);
[[trace::point]] void trace_none(void);
[[trace::point]] void trace_many(int a, int b, int c, int d, int e, int f, int g, int h, int i);
