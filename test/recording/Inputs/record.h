/* What the programs here share: events by hand (no plugin), which take the
 * library's way, and a count of what was recorded, for the scripts. */
#ifndef RECORD_H
#define RECORD_H

#define _GNU_SOURCE
#include "../../runtime/Inputs/fixture.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

FIXTURE_IMAGE;
FIXTURE_EVENT_INT_STRING(step, "app", "step");

/* Numbers from `first` up, `count` of them. */
static __attribute__((noinline, unused)) void record_steps(int first,
                                                           int count) {
  for (int i = first; i < first + count; i++)
    FIXTURE_TRACE(step, i, "text");
}

#endif
