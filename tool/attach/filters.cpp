//===- filters.cpp - Conditions, from outside -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "filters.h"
#include "../../runtime/pattern.h"
#include "../elf_image.h"
#include "llvm/ADT/STLExtras.h"
#include <cstring>

using namespace llvm;

namespace trace {
namespace {

/// The last part of the patterns that names the event.
std::string_view lastPart(const LiveEvent &Event,
                          ArrayRef<std::string> Patterns) {
  for (const std::string &Pattern : reverse(Patterns)) {
    std::string_view Part = pattern_last_match(Pattern, Event.Described.System,
                                               Event.Described.Name);
    if (!Part.empty())
      return Part;
  }
  return {};
}

/// As in trace_attach::filter_events.
uintptr_t filterEvent(const LiveEvent &Event, FilterUse Use) {
  return Event.Address + static_cast<uintptr_t>(Use);
}

/// Of trace_key::wanted.
constexpr uint32_t Bits[filter_uses] = {TRACE_WANTED_FILTER,
                                        TRACE_WANTED_SNAPSHOT};

} // namespace

Expected<std::shared_ptr<const Filter>>
conditionOf(const LiveEvent &Event, ArrayRef<std::string> Patterns) {
  std::string_view Condition = pattern_condition(lastPart(Event, Patterns));
  if (Condition.empty())
    return nullptr;
  auto Compiled = std::make_shared<Filter>();
  FilterError Wrong;
  if (filter_compile(Condition, Event.Descriptor, *Compiled, Wrong))
    return Compiled;
  return failure(Twine(Wrong.text) + "\n  " + StringRef(Condition) + "\n  " +
                 std::string(Wrong.at, ' ') + "^");
}

Expected<LiveFilters> LiveFilters::read(AttachedProcess &Process) {
  LiveFilters Result(Process);
  Expected<trace_filter_words *> First = Process.get(&trace_attach::filters);
  if (!First)
    return First.takeError();
  Result.First = reinterpret_cast<uintptr_t>(*First);
  if (Error E = Process.getArray(&trace_attach::filter_events, Result.Events))
    return E;
  for (size_t I = 0; I < TRACE_ATTACH_FILTERS_MAX; ++I) {
    if (Result.Events[I] == 0)
      continue;
    bool Used = false;
    for (const LiveImage &Image : Process.Images)
      for (const LiveEvent &Event : Image.Events)
        for (FilterUse Use : {FilterUse::record, FilterUse::snapshot})
          if (filterEvent(Event, Use) == Result.Events[I]) {
            Expected<trace_key> Key = Process.key(Event);
            if (!Key)
              return Key.takeError();
            Used = (Key->wanted & Bits[static_cast<size_t>(Use)]) != 0;
          }
    if (!Used)
      if (Error E = Result.setEvent(I, 0))
        return E;
  }
  return Result;
}

Error LiveFilters::setEvent(size_t Place, uintptr_t Event) {
  Events[Place] = Event;
  return Process->setElement(&trace_attach::filter_events, Place,
                             Events[Place]);
}

Error LiveFilters::reserve(size_t Wanted) {
  if (Wanted == 0)
    return Error::success();
  const auto Free = static_cast<size_t>(count(Events, 0));
  if (Wanted > Free)
    return failure("a process takes conditions of " +
                   Twine(TRACE_ATTACH_FILTERS_MAX) +
                   " events from outside, and has room for " + Twine(Free) +
                   " more; here are " + Twine(Wanted) +
                   ": name fewer events, or switch some off before");
  if (!Process->waitForUsers())
    return failure("a thread of the process does not come to the end of an "
                   "event, so the conditions can't be replaced");
  return Error::success();
}

Error LiveFilters::set(const LiveEvent &Event, FilterUse Use,
                       const Filter *Condition) {
  const auto *Old = find(Events, filterEvent(Event, Use));
  const bool Had = Old != std::end(Events);
  const size_t OldPlace = Old - std::begin(Events);
  if (Condition) {
    const size_t Place = find(Events, 0) - std::begin(Events);
    assert(Place < TRACE_ATTACH_FILTERS_MAX && "reserve() has looked");
    if (Error E = Process->Memory.write(addressOf(Place), *Condition))
      return E;
    if (Error E = setEvent(Place, filterEvent(Event, Use)))
      return E;
  }
  // A thread that finds the old one meanwhile decides by it, as it did before.
  return Had ? setEvent(OldPlace, 0) : Error::success();
}

Expected<std::shared_ptr<const Filter>> LiveFilters::of(const LiveEvent &Event,
                                                        FilterUse Use) const {
  for (size_t I = 0; I < TRACE_ATTACH_FILTERS_MAX; ++I) {
    if (Events[I] != filterEvent(Event, Use))
      continue;
    auto Condition = std::make_shared<Filter>();
    if (Error E = Process->Memory.read(addressOf(I), Condition.get(),
                                       sizeof *Condition))
      return E;
    return Condition;
  }
  return nullptr;
}

} // namespace trace
