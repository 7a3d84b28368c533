/// Which events shall be recorded: every enable and disable so far, in order.
/// The last rule that matches an event decides, for images loaded later too.
#ifndef TRACE_RUNTIME_RULES_H
#define TRACE_RUNTIME_RULES_H

#include "array.h"

#include <cstdint>
#include <string_view>

namespace trace {

struct Rule {
  char *pattern; ///< owned by whoever owns the rules
  bool on;
  uint32_t session = 0; ///< void when this one from outside is over; 0: never
};

class Rules {
public:
  Rules() = default;
  Rules(Rules &&) = delete;
  ~Rules();

  bool wants(std::string_view system, std::string_view name) const;
  /// Under which condition, if it wants it; empty: always.
  std::string_view condition(std::string_view system,
                             std::string_view name) const;

  /// Nothing is wanted, so nothing needs to be looked at.
  bool empty() const { return rules_.size() == 0; }
  size_t size() const { return rules_.size(); }

  /// Room for one more. False: no memory.
  [[nodiscard]] bool reserve() { return rules_.reserve_one(); }

  /// Adds a rule, whose pattern is now owned, instead of one of the same
  /// pattern and session; then forgets the rules that can no longer matter.
  /// There must be room.
  void add(const Rule &rule);

  /// Forgets the rules of all recordings from outside but `session`.
  void keep_session(uint32_t session);

private:
  void erase(size_t index);
  Array<Rule> rules_;
};

} // namespace trace

#endif
