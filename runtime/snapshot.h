/// Events that write out what the rings hold: a flight recorder's trigger.
#ifndef TRACE_RUNTIME_SNAPSHOT_H
#define TRACE_RUNTIME_SNAPSHOT_H

namespace trace {

/// From now on each event that `pattern` names, under its conditions, makes a
/// snapshot (recording_snapshot). Once. 0 or -errno, with the text of fail().
int snapshot_at(const char *pattern);

} // namespace trace

#endif
