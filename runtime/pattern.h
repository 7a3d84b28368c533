/// Which events a pattern names.
///
/// A pattern is a list, separated by commas or white space. Each part is a
/// glob (*, ?, [a-z], [!a-z], \ before a character that stands for itself):
///
///   system:name   that event          system:   all events of the system
///   :name         in any system       word      a system or an event of the
///                                               name (as ftrace's set_event)
///
/// and may have a condition behind it, `part if condition` (filter.h), which
/// goes on to the next comma that is not in quotes.
#ifndef TRACE_RUNTIME_PATTERN_H
#define TRACE_RUNTIME_PATTERN_H

#include <string_view>

namespace trace {

/// Null if the list is well-formed, else what is wrong with it. Conditions are
/// not looked into.
const char *pattern_defect(std::string_view list);

/// Whether a part has a condition.
bool pattern_has_condition(std::string_view list);

/// Whatever the conditions.
bool pattern_matches(std::string_view list, std::string_view system,
                     std::string_view name);

/// The last part that matches; empty: none does.
std::string_view pattern_last_match(std::string_view list,
                                    std::string_view system,
                                    std::string_view name);

/// Takes the next part off the list, with its condition; empty at the end.
std::string_view pattern_next(std::string_view &list);

/// Of a part.
std::string_view pattern_glob(std::string_view part);
std::string_view pattern_condition(std::string_view part); ///< empty: none

/// What a part's glob asks for without wildcards, by which events can be looked
/// up; empty where it has some or does not ask. With `either` an event of that
/// system matches as well as one of that name.
struct PatternKey {
  std::string_view system, name;
  bool either;
};
PatternKey pattern_key(std::string_view part);

/// One glob, on all of the text.
bool glob_matches(std::string_view glob, std::string_view text);

} // namespace trace

#endif
