/* An event of an int and a 64-bit number; with STRING, of a 16-byte string. */
#include "loop.h"

[[trace::point]] void trace_number(int number, uint64_t value);
[[trace::point]] void trace_string(const char *text);

static void loop(long count) {
  for (long i = 0; i < count; i++) {
#ifdef STRING
    trace_string("sixteen letters!");
#else
    trace_number((int)i, (uint64_t)i);
#endif
  }
}
