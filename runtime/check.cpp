#include "check.h"

#include "error.h"
#include "filter.h"
#include "pattern.h"

#include <cerrno>

namespace trace {
namespace {

int check_pattern(const char *pattern) {
  const char *defect = pattern ? pattern_defect(pattern) : "it is null";
  if (!defect)
    return 0;
  return fail(EINVAL, "bad pattern '%s': %s", pattern ? pattern : "", defect);
}

/// Of the conditions only the form: whether the events have such fields is
/// known when there are some.
int check_conditions(std::string_view list) {
  for (std::string_view part = pattern_next(list); !part.empty();
       part = pattern_next(list)) {
    const std::string_view condition = pattern_condition(part);
    Filter filter;
    FilterError wrong;
    if (!condition.empty() &&
        !filter_compile(condition, nullptr, filter, wrong))
      return fail(EINVAL, "%s\n  %.*s\n  %*s^", wrong.text,
                  static_cast<int>(condition.size()), condition.data(),
                  static_cast<int>(wrong.at), "");
  }
  return 0;
}

} // namespace

int check_unconditional(const char *pattern) {
  if (const int error = check_pattern(pattern))
    return error;
  return pattern_has_condition(pattern)
             ? fail(EINVAL,
                    "bad pattern '%s': a condition is for trace_enable alone",
                    pattern)
             : 0;
}

int check_conditional(const char *pattern) {
  if (const int error = check_pattern(pattern))
    return error;
  return check_conditions(pattern);
}

} // namespace trace
