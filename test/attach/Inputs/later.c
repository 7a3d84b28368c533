// A shared object with an event, for who loads it later.
[[trace::point]] void trace_three(int n);
void fire_three(int n) { trace_three(n); }
