/// Which events shall be recorded: every enable and disable so far, in order.
/// The last rule that matches an event decides, for images loaded later too.
#ifndef TRACE_RUNTIME_RULES_H
#define TRACE_RUNTIME_RULES_H

#include "array.h"

#include <string_view>

namespace trace {

struct Rule {
  char *pattern; ///< owned by whoever owns the rules
  bool on;
};

class Rules {
public:
  Rules() = default;
  Rules(Rules &&) = delete;
  ~Rules();

  bool wants(std::string_view system, std::string_view name) const;

  /// Nothing is wanted, so nothing needs to be looked at.
  bool empty() const { return rules_.size() == 0; }
  size_t size() const { return rules_.size(); }

  /// Adds a rule, or moves it to the end if its pattern is known; then forgets
  /// the rules that can no longer matter. False: no memory.
  [[nodiscard]] bool add(std::string_view pattern, bool on);

  /// False: no memory.
  [[nodiscard]] bool copy_from(const Rules &other);
  void swap(Rules &other) { rules_.swap(other.rules_); }

private:
  void erase(size_t index);
  Array<Rule> rules_;
};

} // namespace trace

#endif
