#include "pattern.h"

#include "slice.h"

namespace trace {
namespace {

constexpr std::string_view separators = ", \t\n";
constexpr std::string_view blanks = " \t\n";

/// Where the part's condition begins, behind the `if`; npos: it has none.
size_t condition_begin(std::string_view list, size_t glob_end) {
  constexpr std::string_view word = "if";
  const size_t at = list.find_first_not_of(blanks, glob_end);
  if (at == std::string_view::npos || at == glob_end ||
      slice(list, at, word.size()) != word)
    return std::string_view::npos;
  const size_t end = at + word.size();
  const bool is_word = end == list.size() ||
                       blanks.find(list[end]) != std::string_view::npos ||
                       list[end] == '(' || list[end] == '!';
  return is_word ? end : std::string_view::npos;
}

/// The comma behind it.
size_t condition_end(std::string_view list, size_t at) {
  char quote = 0;
  for (; at < list.size() && (quote || list[at] != ','); ++at) {
    if (quote && list[at] == '\\' && at + 1 < list.size())
      ++at;
    else if (quote == list[at])
      quote = 0;
    else if (!quote && (list[at] == '"' || list[at] == '\''))
      quote = list[at];
  }
  return at < list.size() ? at : list.size();
}

std::string_view trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos)
    return {};
  return slice(text, begin, text.find_last_not_of(blanks) - begin + 1);
}

/// The length of the bracket expression at the start of `glob`, 0 if it has no
/// end. A `]` right after the opening stands for itself.
size_t bracket_length(std::string_view glob) {
  size_t i = 1;
  if (i < glob.size() && (glob[i] == '!' || glob[i] == '^'))
    ++i;
  if (i < glob.size() && glob[i] == ']')
    ++i;
  const size_t end = glob.find(']', i);
  return end == std::string_view::npos ? 0 : end + 1;
}

bool bracket_matches(std::string_view bracket, char c) {
  std::string_view set = slice(bracket, 1, bracket.size() - 2);
  const bool negated = set[0] == '!' || set[0] == '^';
  if (negated)
    set.remove_prefix(1);
  bool found = false;
  for (size_t i = 0; i < set.size(); ++i) {
    const bool is_range = i + 2 < set.size() && set[i + 1] == '-';
    const char last = is_range ? set[i + 2] : set[i];
    found |= set[i] <= c && c <= last;
    if (is_range)
      i += 2;
  }
  return found != negated;
}

/// The length of the glob's first element, which stands for one character.
size_t element_length(std::string_view glob) {
  if (glob[0] == '\\' && glob.size() > 1)
    return 2;
  if (glob[0] == '[')
    if (const size_t length = bracket_length(glob))
      return length;
  return 1;
}

bool element_matches(std::string_view element, char c) {
  if (element.size() == 2)
    return element[1] == c; // after a backslash
  if (element.size() > 2)
    return bracket_matches(element, c);
  return element[0] == '?' || element[0] == c;
}

/// Where the colon stands between system and name.
size_t find_colon(std::string_view part) {
  for (size_t i = 0; i < part.size(); i += element_length(slice(part, i)))
    if (part[i] == ':')
      return i;
  return std::string_view::npos;
}

bool part_matches(std::string_view part, std::string_view system,
                  std::string_view name) {
  const size_t colon = find_colon(part);
  if (colon == std::string_view::npos)
    return glob_matches(part, system) || glob_matches(part, name);
  const std::string_view of_system = slice(part, 0, colon);
  const std::string_view of_name = slice(part, colon + 1);
  return (of_system.empty() || glob_matches(of_system, system)) &&
         (of_name.empty() || glob_matches(of_name, name));
}

const char *part_defect(std::string_view part) {
  if (part == ":")
    return "':' names neither system nor event; '*' is all events";
  for (size_t i = 0; i < part.size(); i += element_length(slice(part, i))) {
    if (part[i] == '[' && bracket_length(slice(part, i)) == 0)
      return "'[' has no ']'; write '\\[' for the character";
    if (part[i] == '\\' && i + 1 == part.size())
      return "nothing follows the last '\\'";
  }
  return nullptr;
}

} // namespace

bool glob_matches(std::string_view glob, std::string_view text) {
  std::string_view after_star, star_text;
  bool has_star = false;
  while (true) {
    if (!glob.empty() && glob[0] == '*') {
      glob.remove_prefix(1);
      after_star = glob;
      star_text = text;
      has_star = true;
      continue;
    }
    if (glob.empty() && text.empty())
      return true;
    const size_t length = glob.empty() ? 0 : element_length(glob);
    if (length && !text.empty() &&
        element_matches(slice(glob, 0, length), text[0])) {
      glob.remove_prefix(length);
      text.remove_prefix(1);
      continue;
    }
    // The last star takes one more character; earlier ones need not change.
    if (!has_star || star_text.empty())
      return false;
    star_text.remove_prefix(1);
    glob = after_star;
    text = star_text;
  }
}

std::string_view pattern_next(std::string_view &list) {
  const size_t begin = list.find_first_not_of(separators);
  if (begin == std::string_view::npos)
    return list = {};
  list.remove_prefix(begin);
  const size_t glob_end = pattern_glob(list).size();
  const size_t condition = condition_begin(list, glob_end);
  const std::string_view part = slice(list, 0,
                                      condition == std::string_view::npos
                                          ? glob_end
                                          : condition_end(list, condition));
  list.remove_prefix(part.size());
  return part;
}

std::string_view pattern_glob(std::string_view part) {
  return slice(part, 0, part.find_first_of(separators));
}

std::string_view pattern_condition(std::string_view part) {
  const size_t begin = condition_begin(part, pattern_glob(part).size());
  return begin == std::string_view::npos ? std::string_view()
                                         : trim(slice(part, begin));
}

bool pattern_has_condition(std::string_view list) {
  for (std::string_view part = pattern_next(list); !part.empty();
       part = pattern_next(list))
    if (pattern_glob(part).size() != part.size())
      return true;
  return false;
}

std::string_view pattern_last_match(std::string_view list,
                                    std::string_view system,
                                    std::string_view name) {
  std::string_view last;
  for (std::string_view part = pattern_next(list); !part.empty();
       part = pattern_next(list))
    if (part_matches(pattern_glob(part), system, name))
      last = part;
  return last;
}

PatternKey pattern_key(std::string_view part) {
  const auto literal = [](std::string_view glob) {
    const bool plain = glob.find_first_of("*?[\\") == std::string_view::npos;
    return plain ? glob : std::string_view();
  };
  const size_t colon = find_colon(part);
  if (colon == std::string_view::npos)
    return {literal(part), literal(part), true};
  return {literal(slice(part, 0, colon)), literal(slice(part, colon + 1)),
          false};
}

bool pattern_matches(std::string_view list, std::string_view system,
                     std::string_view name) {
  for (std::string_view part = pattern_next(list); !part.empty();
       part = pattern_next(list))
    if (part_matches(pattern_glob(part), system, name))
      return true;
  return false;
}

const char *pattern_defect(std::string_view list) {
  std::string_view part = pattern_next(list);
  if (part.empty())
    return "it is empty; '*' is all events";
  for (; !part.empty(); part = pattern_next(list))
    if (const char *defect = part_defect(pattern_glob(part)))
      return defect;
    else if (pattern_glob(part).size() != part.size() &&
             pattern_condition(part).empty())
      return "no condition follows 'if'";
  return nullptr;
}

} // namespace trace
