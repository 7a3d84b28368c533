/// The file `session` of a recording's directory.
#ifndef TRACE_RUNTIME_RECORDING_SESSION_H
#define TRACE_RUNTIME_RECORDING_SESSION_H

#include <trace/recording.h>

namespace trace {

/// The options that nobody said anything about, and no clock.
trace_session session_defaults();

/// What is wrong with the session's content; null: nothing.
const char *session_defect(const trace_session &session);

/// Reads the file `session` at `path`. -EINVAL: it is none of this release.
/// Async-signal-safe.
int session_read(const char *path, trace_session &session);

/// Makes the file `session` with `session`'s options, and fills in its clock
/// and uuid. -EEXIST: there is one. 0 or -errno.
int session_make(const char *directory, trace_session &session,
                 unsigned calibration_microseconds);

/// Whether it is a directory of this user's, and nobody else's to write. 0 or
/// -errno, with the text of fail().
int session_check_directory(const char *directory);

/// Reads the session of the directory `directory`; makes both if they are not
/// there, with `session` (its options; clock and uuid are filled in). The
/// directory is one of this user's, and of nobody else's to write. 0 or -errno,
/// with the text of fail().
int session_open(const char *directory, trace_session &session);

/// Sixteen random bytes. Async-signal-safe.
void make_uuid(trace_uuid &uuid);

} // namespace trace

#endif
