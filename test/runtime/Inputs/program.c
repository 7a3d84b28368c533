/* A program with one event, `app:ran`, that does not know the library. */
#include "fixture.h"

FIXTURE_IMAGE;
FIXTURE_EVENT_INT_STRING(ran, "app", "ran");

__attribute__((noinline)) static void run(void) {
  FIXTURE_TRACE(ran, 1, "program");
}

int main(void) {
  run();
  return 0;
}
