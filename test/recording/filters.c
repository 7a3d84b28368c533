/* A condition decides before a record is made; what does not pass is counted as
 * filtered, and nothing is lost. Mistakes are shown where they are. */
// RUN: %clang_trace -O2 %s -o %t %link -pthread
// RUN: rm -rf %t.dir && %tracepoint record -o %t.dir -e 'filters:step if number >= 990 && text ~ "t*" || number & 4 && comm == "worker"' -- %t 2>&1 | FileCheck --check-prefix=RECORD %s
// RECORD: 510 events of 1 process, 0 lost, 1490 filtered,
// RUN: %tracepoint stat %t.dir | FileCheck --check-prefix=STAT %s
// STAT: 510 events in {{.*}} lost: 0, filtered: 1490
// RUN: %tracepoint view %t.dir | FileCheck --check-prefix=VIEW %s
// VIEW-COUNT-500: worker-{{[0-9]+}} {{.*}} step: number={{[0-9]+}} text=w
//
// The last rule for an event decides; each has its own condition; text, too.
// RUN: %tracepoint run -e 'filters:step if number < 2,filters:step if number == 7' -e 'other if state == BUSY' -- %t 2>&1 | FileCheck --check-prefix=TEXT %s
// TEXT-NOT: step: number={{[^7]}}
// TEXT: step: number=7 text=w
// TEXT: other: state=BUSY
// TEXT-NOT: other: state=IDLE
//
// RUN: not %tracepoint run -e 'filters:step if number = 1' -- %t 2>&1 | FileCheck --check-prefix=FORM --strict-whitespace --match-full-lines %s
//      FORM:tracepoint: -e: an operator is missing behind 'number': == != < <= > >= & ~ or !~
// FORM-NEXT:  filters:step if number = 1
// FORM-NEXT:                         ^
// RUN: %tracepoint run -e 'filters:* if number == 1' -- %t 2>&1 | FileCheck --check-prefix=FIELD --strict-whitespace --match-full-lines %s
//      FIELD:tracepoint: TRACE_ENABLE: filters:other has no field 'number'; it has state
// FIELD-NEXT:  number == 1
// FIELD-NEXT:  ^
//  FIELD-NOT:{{.*}}step:{{.*}}
// RUN: not %tracepoint view -e 'filters:step if number == 1' %t.dir 2>&1 | FileCheck --check-prefix=VIEWED %s
// VIEWED: tracepoint: -e 'filters:step if number == 1': a condition decides what is recorded; it is for run and record
// REQUIRES: x86_64
// UNSUPPORTED: sanitized

#define _GNU_SOURCE
#include <pthread.h>

enum state { IDLE, BUSY };
[[trace::point]] void trace_step(unsigned number, const char *text);
[[trace::point]] void trace_other(enum state state);

static void *work(void *unused) {
  pthread_setname_np(pthread_self(), "worker");
  for (unsigned i = 0; i < 1000; ++i)
    trace_step(i % 800, "w");
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, 0, work, 0);
  pthread_join(thread, 0);
  for (unsigned i = 0; i < 1000; ++i)
    trace_step(i, i % 2 ? "two" : "twice");
  trace_other(IDLE);
  trace_other(BUSY);
  return 0;
}
