#include <trace/point.h>

TRACE_POINT("n=%d", void trace_requested(int n));

extern "C" void request(int n) { trace_requested(n); }
