/* Becomes tracepoint-rt.o: a strong reference to the library, for programs
 * whose own code has none. The linker scripts libtracepoint.a and
 * libtracepoint.so put it into the link, so that the archive's members are
 * pulled in, and --as-needed keeps the shared library. retain: lld's
 * --gc-sections would drop section and need. */
#include <trace/point.h>

__attribute__((used, retain)) static int (*const trace_reference)(
    const char *) = trace_enable;
