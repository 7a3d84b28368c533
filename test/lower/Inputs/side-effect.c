__attribute__((trace_point("n=%d"))) void trace_leaf(int n);
int next(void);
void f(void) { trace_leaf(next()); }
