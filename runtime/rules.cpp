#include "rules.h"

#include "pattern.h"

#include <cstring>

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

std::string_view Rules::condition(std::string_view system,
                                  std::string_view name) const {
  for (size_t i = rules_.size(); i-- > 0;)
    if (const std::string_view part =
            pattern_last_match(rules_[i].pattern, system, name);
        !part.empty())
      return pattern_condition(part);
  return {};
}

void Rules::add(const Rule &rule) {
  for (size_t i = 0; i < rules_.size(); ++i)
    if (rules_[i].session == rule.session &&
        strcmp(rules_[i].pattern, rule.pattern) == 0) {
      erase(i);
      break;
    }
  [[maybe_unused]] const bool has_room = rules_.push(rule);
  // A disable matters only after an enable.
  while (rules_.size() > 0 && !rules_[0].on)
    erase(0);
}

void Rules::keep_session(uint32_t session) {
  for (size_t i = rules_.size(); i-- > 0;)
    if (rules_[i].session != 0 && rules_[i].session != session)
      erase(i);
}

void Rules::erase(size_t index) {
  free(rules_[index].pattern);
  rules_.erase(index);
}

} // namespace trace
