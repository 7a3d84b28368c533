/* Preloaded into a traced program: a thread that switches its events on and off
 * at random until the program ends. Reports the number of switches. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <trace/point.h>

enum { NAMES_MAX = 64 };
static char names[NAMES_MAX][128];
static unsigned count;
static atomic_bool stop;
static unsigned long toggles;
static pthread_t thread;

static int keep_name(const struct trace_event_info *event, void *data) {
  (void)data;
  if (count < NAMES_MAX)
    snprintf(names[count++], sizeof names[0], "%s:%s", event->system,
             event->name);
  return 0;
}

static void *toggle(void *data) {
  bool on[NAMES_MAX] = {false};
  unsigned random = 1;
  (void)data;
  while (!stop && count > 0) {
    random = random * 1103515245u + 12345u; /* C11, 7.22.2.2 */
    unsigned event = (random >> 16) % count;
    int result = on[event] ? trace_disable(names[event])
                           : trace_enable(names[event]);
    if (result < 1)
      fprintf(stderr, "toggle: %s: %d %s\n", names[event], result,
              trace_error());
    on[event] = !on[event];
    ++toggles;
    nanosleep(&(struct timespec){.tv_nsec = 20000}, NULL);
  }
  return NULL;
}

__attribute__((constructor)) static void begin(void) {
  trace_for_each_event(keep_name, NULL);
  pthread_create(&thread, NULL, toggle, NULL);
}

__attribute__((destructor)) static void end(void) {
  stop = true;
  pthread_join(thread, NULL);
  fprintf(stderr, "toggled %lu times\n", toggles);
}
