//===- filters.h - Conditions, from outside ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_ATTACH_FILTERS_H
#define TRACE_TOOL_ATTACH_FILTERS_H

#include "../../runtime/filters.h"
#include "process.h"

namespace trace {

/// The condition under which the patterns want the event, compiled; null: they
/// want it always. Fails if it is wrong, and shows where.
llvm::Expected<std::shared_ptr<const Filter>>
conditionOf(const LiveEvent &Event, llvm::ArrayRef<std::string> Patterns);

/// The places for filters in a process, while its events are being switched.
class LiveFilters {
public:
  /// Takes back those that no event uses any more.
  static llvm::Expected<LiveFilters> read(AttachedProcess &Process);

  /// Fails, before anything is written, if so many more have no room. Waits for
  /// threads that may use what was there.
  llvm::Error reserve(size_t Count);

  /// Makes it the event's; null: it has none.
  llvm::Error set(const LiveEvent &Event, FilterUse Use,
                  const Filter *Condition);

  /// What it is now; null: none.
  llvm::Expected<std::shared_ptr<const Filter>> of(const LiveEvent &Event,
                                                   FilterUse Use) const;

private:
  explicit LiveFilters(AttachedProcess &Process) : Process(&Process) {}
  llvm::Error setEvent(size_t Place, uintptr_t Event);
  uint64_t addressOf(size_t Place) const {
    return First + Place * sizeof(trace_filter_words);
  }

  AttachedProcess *Process;
  uint64_t First = 0;
  trace_filter_events Events;
};

} // namespace trace

#endif
