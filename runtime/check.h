/// Whether a pattern that came from outside is well-formed. 0, or -EINVAL with
/// the text of fail().
#ifndef TRACE_RUNTIME_CHECK_H
#define TRACE_RUNTIME_CHECK_H

namespace trace {

/// It may have conditions.
int check_conditional(const char *pattern);

/// For who takes each event of it, or none.
int check_unconditional(const char *pattern);

} // namespace trace

#endif
