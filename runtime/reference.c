/* Becomes tracepoint-rt.o: a strong reference to the library, for programs
 * whose own code has none. The linker scripts libtracepoint.a and
 * libtracepoint.so put it into the link, so that the archive's members are
 * pulled in, start.cpp's constructor among them, and --as-needed keeps the
 * shared library. retain: lld's --gc-sections would drop section and need. */
#include "api.h"

__attribute__((used, retain)) static void (*const trace_reference)(
    const struct trace_note *) = trace_image_loaded;
