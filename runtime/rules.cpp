#include "rules.h"

#include "pattern.h"

namespace trace {

Rules::~Rules() {
  for (const Rule &rule : rules_)
    free(rule.pattern);
}

bool Rules::wants(std::string_view system, std::string_view name) const {
  for (size_t i = rules_.size(); i-- > 0;)
    if (pattern_matches(rules_[i].pattern, system, name))
      return rules_[i].on;
  return false;
}

bool Rules::add(std::string_view pattern, bool on) {
  const Rule rule = {strndup(pattern.data(), pattern.size()), on};
  if (!rule.pattern)
    return false;
  if (!rules_.push(rule)) {
    free(rule.pattern);
    return false;
  }
  for (size_t i = 0; i + 1 < rules_.size(); ++i)
    if (rules_[i].pattern == pattern) {
      erase(i);
      break;
    }
  // A disable matters only after an enable.
  while (rules_.size() > 0 && !rules_[0].on)
    erase(0);
  return true;
}

bool Rules::copy_from(const Rules &other) {
  for (const Rule &rule : other.rules_)
    if (!add(rule.pattern, rule.on))
      return false;
  return true;
}

void Rules::erase(size_t index) {
  free(rules_[index].pattern);
  rules_.erase(index);
}

} // namespace trace
