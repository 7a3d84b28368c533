/* A shared object with one event, `lib:hello`, and a key. */
#include "fixture.h"

FIXTURE_IMAGE;
FIXTURE_CONSTRUCTOR;
FIXTURE_EVENT_INT_STRING(hello, "lib", LIBRARY_EVENT);
static struct trace_key key;

void library_hello(int number) { FIXTURE_TRACE(hello, number, "library"); }

int library_is_on(void) {
  FIXTURE_SITE(key, 0, on);
  return 0;
on:
  return 1;
}

struct trace_key *library_key(void) { return &key; }
