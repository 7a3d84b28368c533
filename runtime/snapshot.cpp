#include "snapshot.h"

#include "check.h"
#include "error.h"
#include "state.h"

#include <cstdlib>
#include <cstring>

namespace trace {

int snapshot_at(const char *pattern) {
  if (const int error = check_conditional(pattern))
    return error;
  CurrentState now;
  if (now.error())
    return now.error();
  Array<EventInImage> selected;
  const Rule rule = {strdup(pattern), true};
  if (!rule.pattern || !now->snapshots.reserve() ||
      !events_select(now->images, pattern, selected)) {
    free(rule.pattern);
    return fail_no_memory();
  }
  now->snapshots.add(rule);
  return events_reconcile(now->images, selected, now->wishes());
}

} // namespace trace
