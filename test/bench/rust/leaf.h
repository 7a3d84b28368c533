[[trace::point("a=%lu b=%lu")]] void trace_leaf(unsigned long a, unsigned long b);
