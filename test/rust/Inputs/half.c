// The half of a program that is C.
#include "net.h"
#include <stdatomic.h>

void c_serve(int fd) { trace_request(fd, "from C"); }

void c_work(atomic_bool *stop) {
  while (!atomic_load_explicit(stop, memory_order_relaxed))
    trace_reply(1, true, 0.5);
}
