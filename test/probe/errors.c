/* The compiler refuses, at its line, a probe whose parameters are not its event's,
 * and what is no event. */
// RUN: not %clang_trace -fsyntax-only %s 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: not %clang_trace -DNO_EVENT -c -o %t.o %s 2>&1 | FileCheck %s --check-prefix=NO-EVENT
#include <trace/probe.h>

[[trace::point]] void trace_x(int fd, const char *text);
[[trace::point]] int traced(int fd, ...);

void right(void *data, int fd, const char *text);
void fewer(void *data, int fd);
void other_type(void *data, long fd, const char *text);
void not_const(void *data, int fd, char *text);
void no_data(int fd, const char *text);
int returns(void *data, int fd, const char *text);
void (*pointer)(void *, int, const char *);
void no_event(int fd, const char *text);
int object;

#ifndef NO_EVENT
void attach(void) {
  trace_probe_attach(trace_x, right, &object);
  trace_probe_attach(trace_x, &right, &object);
  trace_probe_attach(&trace_x, pointer, &object);
  // CHECK: errors.c:[[#@LINE+1]]:3: error: a probe of 'trace_x' must be a function of type 'void (void *, int, const char *)', but this one is 'void (void *, int)'
  trace_probe_attach(trace_x, fewer, &object);
  // CHECK: errors.c:[[#@LINE+1]]:3: error: a probe of 'trace_x' {{.*}}, but this one is 'void (void *, long, const char *)'
  trace_probe_detach(trace_x, other_type, &object);
  // CHECK: errors.c:[[#@LINE+1]]:3: error: {{.*}}, but this one is 'void (void *, int, char *)'
  trace_probe_attach(trace_x, not_const, &object);
  // CHECK: errors.c:[[#@LINE+1]]:3: error: {{.*}}, but this one is 'void (int, const char *)'
  trace_probe_attach(trace_x, no_data, &object);
  // CHECK: errors.c:[[#@LINE+1]]:3: error: {{.*}}, but this one is 'int (void *, int, const char *)'
  trace_probe_attach(trace_x, returns, &object);
  // CHECK: errors.c:[[#@LINE+1]]:3: error: 'traced' is variadic, so it can have no probe of its parameters' types; use trace_probe_register()
  trace_probe_attach(traced, right, &object);
}
#else
void attach(void) {
  // NO-EVENT: errors.c:[[#@LINE+1]]:{{.*}}error: call to 'trace_event_of' declared with 'error' attribute: {{.*}}its argument is not the name of a trace point
  trace_probe_attach(no_event, right, &object);
}
#endif
