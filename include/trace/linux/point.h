/* point.h - trace_enabled, in the kernel. Trace points need no header. */
#ifndef TRACE_LINUX_POINT_H
#define TRACE_LINUX_POINT_H

#include <linux/types.h>

/* trace_enabled(trace_x): whether the event is on, as a static branch alone:
 * what Linux calls trace_x_enabled(). For work that only a trace needs. */
__attribute__((trace_branch("event"))) bool
trace_event_enabled(void (*event)(void));
#define trace_enabled(event) trace_event_enabled((void (*)(void))(event))

#endif
