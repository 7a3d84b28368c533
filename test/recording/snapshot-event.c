/* An event writes out what a flight recorder holds, by a condition, from whatever
 * thread: those before it stay when the rings go on; far older ones are gone. */
// RUN: %clang_trace -O2 -fplugin-arg-trace-system=flight %s -o %t %link -pthread
// RUN: rm -rf %t.dir && %tracepoint record --flight --ring 16K -o %t.dir -e 'flight:step' --snapshot 'flight:failed if code >= 500' -- %t
// RUN: %tracepoint view %t.dir | FileCheck %s
// CHECK-NOT: number=1{{$}}
// CHECK: step: number=49999{{$}}
// CHECK-NOT: number=5000{{[0-9]$}}
// CHECK-NOT: failed
// CHECK: step: number=99999{{$}}
// RUN: babeltrace2 %t.dir 2>/dev/null | grep -c 'number = 49999 '
//
// The event of the condition is in it where it is recorded, too.
// RUN: rm -rf %t.dir && %tracepoint record --flight --ring 16K -o %t.dir -e 'flight:*' --snapshot 'flight:failed if code >= 500' -- %t
// RUN: %tracepoint view %t.dir | FileCheck --check-prefix=BOTH %s
// BOTH: step: number=49999{{$}}
// BOTH-NEXT: failed: code=404
// BOTH-NEXT: failed: code=503
// BOTH: step: number=99999{{$}}
//
// Without one nothing of the middle is left.
// RUN: rm -rf %t.dir && %tracepoint record --flight --ring 16K -o %t.dir -e 'flight:step' --snapshot 'flight:failed if code >= 600' -- %t
// RUN: %tracepoint view %t.dir | FileCheck --check-prefix=NONE %s
// NONE-NOT: number=49999{{$}}
// NONE: step: number=99999{{$}}
//
// RUN: rm -rf %t.dir && %tracepoint record --flight -o %t.dir -e 'flight:step' --snapshot 'flight:failed if status >= 500' -- %t 2>&1 | FileCheck --check-prefix=FIELD %s
// FIELD: flight:failed makes no snapshot: flight:failed has no field 'status'; it has code
// FIELD: events of 1 process
// RUN: rm -rf %t.dir && not %tracepoint record -o %t.dir -e '*' --snapshot '*' -- %t 2>&1 | FileCheck --check-prefix=STREAM %s
// STREAM: tracepoint: --snapshot: for a flight recorder (--flight)
// RUN: not %tracepoint record --flight -o %t.dir -e '*' --snapshot 'x if' -- %t 2>&1 | FileCheck --check-prefix=FORM %s
// FORM: tracepoint: --snapshot
// REQUIRES: x86_64
// UNSUPPORTED: sanitized

#include <pthread.h>

[[trace::point]] void trace_step(unsigned number);
[[trace::point]] void trace_failed(int code);

static void *fail(void *unused) {
  trace_failed(404);
  trace_failed(503);
  return unused;
}

int main(void) {
  for (unsigned i = 0; i < 100000; ++i) {
    if (i == 50000) {
      pthread_t thread;
      pthread_create(&thread, 0, fail, 0);
      pthread_join(thread, 0);
    }
    trace_step(i);
  }
  return 0;
}
