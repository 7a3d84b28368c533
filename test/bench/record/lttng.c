/* The events of ours.c by LTTng-UST. */
#define LTTNG_UST_TRACEPOINT_CREATE_PROBES
#define LTTNG_UST_TRACEPOINT_DEFINE
#include "lttng_tp.h"
#include "loop.h"

static void loop(long count) {
  for (long i = 0; i < count; i++) {
#ifdef STRING
    lttng_ust_tracepoint(bench, string, "sixteen letters!");
#else
    lttng_ust_tracepoint(bench, number, (int)i, (uint64_t)i);
#endif
  }
}
