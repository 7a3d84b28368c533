// trace::point's: `what` is a pattern.
#include "switch.h"

#include <trace/point.h>

#include <cstdio>

namespace {

int checked(int count) {
  if (count < 0)
    fprintf(stderr, "%s\n", trace_error());
  return count;
}

} // namespace

int switch_on(const char *what) { return checked(trace_enable(what)); }
int switch_off(const char *what) { return checked(trace_disable(what)); }
