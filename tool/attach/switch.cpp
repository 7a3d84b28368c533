//===- switch.cpp - Switching the events of a process ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The order of writes (docs/attach.md): on: image record, wanted, key, sites;
// off: key, sites, wanted. So the key says what the sites are to be at every
// moment, and a kill between two writes is healed by who comes next.
//
//===----------------------------------------------------------------------===//

#include "switch.h"
#include "../../runtime/pattern.h"
#include "../elf_image.h"
#include "llvm/ADT/STLExtras.h"
#include <climits>
#include <cstring>
#include <time.h>

using namespace llvm;

namespace trace {
namespace {

constexpr unsigned LockMilliseconds = 5000;

void pause(unsigned Microseconds) {
  timespec Time = {0, Microseconds * 1000L};
  ::nanosleep(&Time, nullptr);
}

} // namespace

Expected<std::unique_ptr<Switch>> Switch::begin(AttachedProcess &Process) {
  Expected<Cores> Processors = Cores::of(Process.Pid);
  if (!Processors)
    return Processors.takeError();
  std::unique_ptr<Switch> Result(new Switch(Process, std::move(*Processors)));
  Expected<bool> Taken =
      Result->Lock.take(Process.Pid, "task", LockMilliseconds);
  if (!Taken)
    return Taken.takeError();
  if (!*Taken)
    return failure("another tracepoint command is switching its events");
  Error E = Result->enter();
  if (!E)
    E = Result->heal();
  if (!E) {
    Expected<LiveFilters> Filters = LiveFilters::read(Process);
    if (Filters)
      Result->Filters.emplace(*Filters);
    else
      E = Filters.takeError();
  }
  if (E)
    return E;
  return Result;
}

// The other half of attach_enter (runtime/attach.cpp). A word that a killed
// tool has left there is ours now.
Error Switch::enter() {
  for (unsigned Tries = 0; Tries < LockMilliseconds; ++Tries) {
    if (Error E = Process.set(&trace_attach::outside, 1u))
      return E;
    Entered = true;
    Expected<uint32_t> Inside = Process.get(&trace_attach::inside);
    if (!Inside)
      return Inside.takeError();
    if (*Inside == 0)
      return Error::success();
    if (Error E = Process.set(&trace_attach::outside, 0u))
      return E;
    Entered = false;
    pause(500 + Tries % 7 * 100); // not in step with the process
  }
  return failure("it is switching events itself, and does not come to an end");
}

Switch::~Switch() {
  if (Entered)
    consumeError(Process.set(&trace_attach::outside, 0u));
}

Error Switch::collect(const LiveEvent &Event, bool On, PageCache &Memory,
                      std::vector<arch::SiteChange> &Sites) const {
  for (const LiveImage &Image : Process.Images) {
    if (&Event < Image.Events.data() ||
        &Event >= Image.Events.data() + Image.Events.size())
      continue;
    for (const LiveSite &Site : Event.Sites)
      if (Error E = collectSite(Memory, Image, Site, On, Sites))
        return E;
  }
  return Error::success();
}

Error Switch::heal() {
  std::vector<arch::SiteChange> Sites;
  std::vector<const LiveEvent *> Unwanted;
  PageCache Memory(Process.Memory);
  for (const LiveImage &Image : Process.Images)
    for (const LiveEvent &Event : Image.Events) {
      trace_key Key;
      if (Error E = Memory.read(Event.Described.Key, &Key, sizeof Key))
        return E;
      if (Error E = collect(Event, Key.enabled > 0, Memory, Sites))
        return E;
      if (Key.enabled <= 0 && (Key.wanted & TRACE_WANTED_MASK))
        Unwanted.push_back(&Event);
    }
  if (Error E = writeSites(Process.Memory, Processors, Sites))
    return E;
  for (const LiveEvent *Event : Unwanted)
    if (Error E = setWanted(*Event, 0))
      return E;
  return Error::success();
}

/// As claim() of runtime/image.cpp.
Error Switch::claimImages() {
  trace_image Filled = {};
  Filled.version = TRACE_LAYOUT_VERSION;
  auto Take = [&](auto trace_image::*To, auto trace_attach::*From) -> Error {
    auto Value = Process.get(From);
    if (!Value)
      return Value.takeError();
    Filled.*To = *Value;
    return Error::success();
  };
  if (Error E = Take(&trace_image::ring_offset, &trace_attach::ring_offset))
    return E;
  if (Error E = Take(&trace_image::cpu_offset, &trace_attach::cpu_offset))
    return E;
#define TAKE(type, name)                                                       \
  if (Error E = Take(&trace_image::name, &trace_attach::name))                 \
    return E;
  TRACE_IMAGE_FUNCTIONS(TAKE)
#undef TAKE
  for (const LiveImage &Image : Process.Images) {
    Expected<uint32_t> Version = Process.Memory.read<uint32_t>(
        Image.Record + offsetof(trace_image, version));
    if (!Version)
      return Version.takeError();
    if (*Version != 0)
      continue;
    // The version last: it says that the rest is there.
    constexpr size_t Rest = offsetof(trace_image, ring_offset);
    if (Error E = Process.Memory.write(
            Image.Record + Rest, reinterpret_cast<const char *>(&Filled) + Rest,
            sizeof Filled - Rest))
      return E;
    if (Error E = Process.Memory.write(
            Image.Record + offsetof(trace_image, version), Filled.version))
      return E;
  }
  return Error::success();
}

/// A thread that reads the word meanwhile sees an event that nobody wants, and
/// never a mixture of two ids: first the byte of who wants it goes, then the id
/// changes, then that byte comes.
Error Switch::setWanted(const LiveEvent &Event, uint32_t Wanted) {
  const uint64_t At = Event.Described.Key + offsetof(trace_key, wanted);
  const size_t Who = sys::IsLittleEndianHost ? 0 : 3, Id = 1 - Who % 3;
  static_assert(TRACE_WANTED_BITS == 8);
  uint8_t Bytes[sizeof Wanted];
  memcpy(Bytes, &Wanted, sizeof Wanted);
  if (Error E = Process.Memory.write(At + Who, uint8_t{0}))
    return E;
  if (Error E = Process.Memory.write(At + Id, Bytes + Id, 3))
    return E;
  return Process.Memory.write(At + Who, Bytes[Who]);
}

/// With its condition, which changes while nobody wants the event: what passes
/// one never goes where another holds.
Error Switch::setWanted(const WantedChange &To, const WantedChange &Now) {
  const LiveEvent &Event = *To.Event;
  if (To.Wanted == Now.Wanted && !To.Condition && !Now.Condition &&
      !To.SnapshotCondition)
    return Error::success();
  if (Error E = setWanted(Event, Now.Wanted & ~TRACE_WANTED_MASK))
    return E;
  if (Error E = Filters->set(Event, FilterUse::record, To.Condition.get()))
    return E;
  if (To.SnapshotCondition || !(To.Wanted & TRACE_WANTED_SNAPSHOT))
    if (Error E = Filters->set(Event, FilterUse::snapshot,
                               To.SnapshotCondition.get()))
      return E;
  return setWanted(Event, To.Wanted);
}

Error Switch::addToKey(const LiveEvent &Event, int32_t Delta) {
  const uint64_t At = Event.Described.Key + offsetof(trace_key, enabled);
  Expected<int32_t> Enabled = Process.Memory.read<int32_t>(At);
  if (!Enabled)
    return Enabled.takeError();
  return Process.Memory.write(At, *Enabled + Delta);
}

Expected<WantedChange> Switch::now(const LiveEvent &Event) const {
  Expected<trace_key> Key = Process.key(Event);
  if (!Key)
    return Key.takeError();
  auto Condition = Filters->of(Event, FilterUse::record);
  if (!Condition)
    return Condition.takeError();
  auto SnapshotCondition = Filters->of(Event, FilterUse::snapshot);
  if (!SnapshotCondition)
    return SnapshotCondition.takeError();
  return WantedChange{&Event, Key->wanted, std::move(*Condition),
                      std::move(*SnapshotCondition)};
}

Error Switch::apply(ArrayRef<WantedChange> Changes) {
  std::vector<arch::SiteChange> Sites;
  std::vector<WantedChange> Now; // what is wanted now
  PageCache Memory(Process.Memory);
  for (const WantedChange &Change : Changes) {
    Expected<WantedChange> Before = now(*Change.Event);
    if (!Before)
      return Before.takeError();
    const bool Was = Before->Wanted & TRACE_WANTED_MASK;
    Now.push_back(std::move(*Before));
    const bool Is = Change.Wanted & TRACE_WANTED_MASK;
    if (Was == Is)
      continue;
    if (Error E = collect(*Change.Event, Is, Memory, Sites))
      return E;
  }
  size_t Conditions = 0;
  for (const WantedChange &Change : Changes)
    Conditions +=
        (Change.Condition != nullptr) + (Change.SnapshotCondition != nullptr);
  if (Error E = Filters->reserve(Conditions))
    return E;
  if (Error E = claimImages())
    return E;
  for (size_t I = 0; I < Changes.size(); ++I) {
    const bool Was = Now[I].Wanted & TRACE_WANTED_MASK;
    const bool Is = Changes[I].Wanted & TRACE_WANTED_MASK;
    if (Is)
      if (Error E = setWanted(Changes[I], Now[I]))
        return E;
    if (Was != Is)
      if (Error E = addToKey(*Changes[I].Event, Is ? 1 : -1))
        return E;
  }
  // If that fails the sites follow the keys at the next command.
  if (Error E = writeSites(Process.Memory, Processors, Sites))
    return E;
  for (const WantedChange &Change : Changes) {
    if (Change.Wanted & TRACE_WANTED_MASK)
      continue;
    if (Error E = setWanted(*Change.Event, 0))
      return E;
    for (FilterUse Use : {FilterUse::record, FilterUse::snapshot})
      if (Error E = Filters->set(*Change.Event, Use, nullptr))
        return E;
  }
  return Error::success();
}

Error Switch::addRules(ArrayRef<std::string> Patterns, char Sign,
                       uint32_t Session) {
  Expected<std::string> Old = Process.rules();
  if (!Old)
    return Old.takeError();
  std::vector<std::string> Rules;
  for (StringRef Rest = *Old; !Rest.empty();) {
    auto [Rule, After] = Rest.split('\0');
    Rules.push_back(Rule.str());
    Rest = After;
  }
  for (const std::string &Pattern : Patterns) {
    // A rule about everything leaves nothing of those before it, and one
    // replaces that of the same pattern.
    const std::string Tail = std::to_string(Session) + " " + Pattern;
    erase_if(Rules, [&](StringRef Rule) {
      return (Rule.front() == '!') == (Sign == '!') &&
             ((Pattern == "*" && Session == 0) || Rule.drop_front() == Tail);
    });
    Rules.push_back(Sign + Tail);
  }
  std::string Text;
  for (const std::string &Rule : Rules)
    Text.append(Rule.c_str(), Rule.size() + 1);
  if (Text.size() > TRACE_ATTACH_RULES_BYTES_MAX)
    return failure("too many patterns were switched; begin anew with "
                   "`tracepoint disable -e '*'`");
  return Process.setRules(Text);
}

std::vector<const LiveEvent *> selectEvents(const AttachedProcess &Process,
                                            ArrayRef<std::string> Patterns) {
  std::vector<const LiveEvent *> Result;
  for (const LiveImage &Image : Process.Images)
    for (const LiveEvent &Event : Image.Events)
      if (any_of(Patterns, [&](const std::string &Pattern) {
            return pattern_matches(Pattern, Event.Described.System,
                                   Event.Described.Name);
          }))
        Result.push_back(&Event);
  return Result;
}

} // namespace trace
