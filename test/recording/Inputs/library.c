/* A shared object with an event of its own. */
#include "../../runtime/Inputs/fixture.h"

FIXTURE_IMAGE;
FIXTURE_CONSTRUCTOR;
FIXTURE_EVENT_INT_STRING(inside, "app", "step");

void run(int number) { FIXTURE_TRACE(inside, number, "library"); }
