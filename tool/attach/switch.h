//===- switch.h - Switching the events of a process -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_ATTACH_SWITCH_H
#define TRACE_TOOL_ATTACH_SWITCH_H

#include "code.h"
#include "filters.h"
#include "process.h"

namespace trace {

/// An event, and who shall want it (TRACE_WANTED_..., with its id); 0: nobody.
struct WantedChange {
  const LiveEvent *Event;
  uint32_t Wanted;
  std::shared_ptr<const Filter> Condition = nullptr; ///< null: none from us
  /// Of the snapshot. Null: it stays, as long as the event makes one.
  std::shared_ptr<const Filter> SnapshotCondition = nullptr;
};

/// While one exists, no other tool and not the process itself switch events.
class Switch {
public:
  /// Waits for those for some seconds, then fails. What a killed tool left half
  /// done is done then: the sites follow the keys.
  static llvm::Expected<std::unique_ptr<Switch>>
  begin(AttachedProcess &Process);
  ~Switch();

  /// The event as it is now.
  llvm::Expected<WantedChange> now(const LiveEvent &Event) const;

  /// Makes the events wanted so, in one batch.
  llvm::Error apply(llvm::ArrayRef<WantedChange> Changes);

  /// Remembers the patterns for images that are loaded later. Sign: as in
  /// trace_attach::rules.
  llvm::Error addRules(llvm::ArrayRef<std::string> Patterns, char Sign,
                       uint32_t Session);

private:
  Switch(AttachedProcess &Process, Cores Processors)
      : Process(Process), Processors(std::move(Processors)) {}
  llvm::Error enter();
  llvm::Error heal();
  llvm::Error claimImages();
  llvm::Error setWanted(const LiveEvent &Event, uint32_t Wanted);
  llvm::Error setWanted(const WantedChange &To, const WantedChange &Now);
  llvm::Error addToKey(const LiveEvent &Event, int32_t Delta);
  llvm::Error collect(const LiveEvent &Event, bool On, PageCache &Memory,
                      std::vector<arch::SiteChange> &Sites) const;

  AttachedProcess &Process;
  Cores Processors;
  ProcessLock Lock;
  std::optional<LiveFilters> Filters;
  bool Entered = false;
};

/// The process's events that the patterns name.
std::vector<const LiveEvent *>
selectEvents(const AttachedProcess &Process,
             llvm::ArrayRef<std::string> Patterns);

} // namespace trace

#endif
