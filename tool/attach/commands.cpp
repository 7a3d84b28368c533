//===- commands.cpp - tracepoint enable, disable -p -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "commands.h"
#include "../../runtime/pattern.h"
#include "../elf_image.h"
#include "../patterns.h"
#include "recording.h"
#include "llvm/Support/raw_ostream.h"
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

raw_ostream &message() { return errs() << "tracepoint: "; }

/// The text goes to descriptor 2, whatever that is.
Error checkStandardError(pid_t Pid) {
  char Name[256] = "";
  if (::readlink(procPath(Pid, "fd/2").c_str(), Name, sizeof Name - 1) < 0)
    return failure("its standard error is closed, so it has nowhere to print "
                   "events; use `tracepoint record -p`");
  if (StringRef(Name) == "/dev/null")
    message() << "warning: process " << Pid
              << ": its standard error is /dev/null, so nobody sees the "
                 "events; use `tracepoint record -p`\n";
  return Error::success();
}

Expected<std::vector<WantedChange>>
printThem(const AttachedProcess &Process, ArrayRef<const LiveEvent *> Events,
          ArrayRef<std::string> Patterns) {
  if (Error E = checkStandardError(Process.Pid))
    return E;
  std::vector<WantedChange> Changes;
  for (const LiveEvent *Event : Events) {
    Expected<trace_key> Key = Process.key(*Event);
    if (!Key)
      return Key.takeError();
    auto Condition = conditionOf(*Event, Patterns);
    if (!Condition)
      return Condition.takeError();
    Changes.push_back({Event,
                       TRACE_WANTED_TEXT | (Key->wanted & TRACE_WANTED_OWN) |
                           (*Condition ? TRACE_WANTED_FILTER : 0),
                       std::move(*Condition)});
  }
  return Changes;
}

Expected<std::vector<WantedChange>>
leaveThem(const AttachedProcess &Process, ArrayRef<const LiveEvent *> Events) {
  std::vector<WantedChange> Changes;
  for (const LiveEvent *Event : Events) {
    Expected<trace_key> Key = Process.key(*Event);
    if (!Key)
      return Key.takeError();
    Changes.push_back({Event, Key->wanted & TRACE_WANTED_OWN});
  }
  return Changes;
}

Error switchEvents(AttachedProcess &Process, ArrayRef<const LiveEvent *> Events,
                   ArrayRef<std::string> Patterns, bool On) {
  auto Switched = Switch::begin(Process);
  if (!Switched)
    return Switched.takeError();
  if (Error E = endAbandoned(Process, **Switched))
    return E;
  Expected<std::optional<LiveRecording>> Recording = liveRecording(Process);
  if (!Recording)
    return Recording.takeError();
  Expected<std::vector<WantedChange>> Changes =
      !On          ? leaveThem(Process, Events)
      : *Recording ? recordInto(Process, **Recording, Events, Patterns)
                   : printThem(Process, Events, Patterns);
  if (!Changes)
    return Changes.takeError();
  if (Error E = (*Switched)->apply(*Changes))
    return E;
  return (*Switched)->addRules(Patterns, On ? '+' : '-',
                               On && *Recording ? (*Recording)->Session : 0);
}

} // namespace

std::unique_ptr<AttachedProcess>
openToSwitch(pid_t Pid, ArrayRef<std::string> Patterns, int &Status) {
  Status = 2;
  if (!checkPatterns("-e", Patterns))
    return nullptr;
  Status = 1;
  auto Process = AttachedProcess::open(Pid);
  Error E = Process ? (*Process)->requireRuntime() : Process.takeError();
  if (E) {
    message() << toString(std::move(E)) << "\n";
    return nullptr;
  }
  for (const std::string &Why : (*Process)->Refused)
    message() << Why << "\n";
  return std::move(*Process);
}

int switchProcess(pid_t Pid, ArrayRef<std::string> Patterns, bool On) {
  if (!On)
    for (const std::string &Pattern : Patterns)
      if (pattern_has_condition(Pattern)) {
        message() << "-e '" << Pattern
                  << "': a condition is for what is switched on\n";
        return 2;
      }
  int Status = 0;
  auto Process = openToSwitch(Pid, Patterns, Status);
  if (!Process)
    return Status;
  std::vector<const LiveEvent *> Events = selectEvents(*Process, Patterns);
  if (Events.empty())
    message() << "process " << Pid << ": no event matches yet\n";
  if (Error Bad = switchEvents(*Process, Events, Patterns, On)) {
    message() << "process " << Pid << ": " << toString(std::move(Bad)) << "\n";
    return 1;
  }
  return Events.empty() ? 1 : 0;
}

} // namespace trace
