[[trace::point]] void trace_work(unsigned long a, _Bool b, unsigned long c);
