//===- record.cpp - tracepoint record -p ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../record.h"
#include "../../runtime/pattern.h"
#include "../../runtime/recording/session.h"
#include "../elf_image.h"
#include "../patterns.h"
#include "../progress.h"
#include "../record_options.h"
#include "children.h"
#include "commands.h"
#include "recording.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <time.h>

using namespace llvm;

namespace trace {
namespace {

raw_ostream &message() { return errs() << "tracepoint: "; }

/// Who has the session, by its file.
std::string creatorOf(pid_t Pid, const std::string &Recording) {
  Expected<Directory> Open = Directory::open(Pid, Recording);
  if (!Open) {
    consumeError(Open.takeError());
    return "another process";
  }
  const AsOwner Owner(Pid);
  trace_session Session;
  if (session_read((Open->path() + "/session").c_str(), Session))
    return "another process";
  return "process " + std::to_string(Session.creator);
}

Error failTraced(const AttachedProcess &Process) {
  Expected<std::optional<LiveRecording>> Other = liveRecording(Process);
  if (!Other)
    return Other.takeError();
  if (!*Other)
    return failure("another tracepoint command is just beginning to record it");
  return failure(
      "it is traced already: " + creatorOf(Process.Pid, (*Other)->Directory) +
      " has it record into " + (*Other)->Directory);
}

/// The events on, and everything made that the process needs.
class Session {
public:
  Session(AttachedProcess &Process, const RecordRequest &Request)
      : Process(Process), Patterns(Request.Patterns),
        Snapshots(Request.Snapshots), Events(selectEvents(Process, Patterns)),
        SnapshotEvents(selectEvents(Process, Snapshots)) {}

  Error begin(const std::string &Output, trace_session &Options) {
    if (Events.empty())
      return failure("no event matches");
    if (SnapshotEvents.empty() && !Snapshots.empty())
      return failure("no event matches --snapshot");
    Expected<bool> Free = takeSession(Lock, Process.Pid);
    if (!Free)
      return Free.takeError();
    if (!*Free)
      return failTraced(Process);
    Expected<std::string> Path = pathInProcess(Process.Pid, Output);
    if (!Path)
      return Path.takeError();
    Lock.release(); // for endAbandoned
    if (Error E = endOthers())
      return E;
    Free = takeSession(Lock, Process.Pid);
    if (!Free)
      return Free.takeError();
    if (!*Free)
      return failTraced(Process);
    if (Error E = makeFiles(*Path, Options))
      return E;
    return switchOn();
  }

  /// Nothing is recorded any more when it returns, and the recording is
  /// complete.
  Error end(bool Ended) {
    Error Result = writeEnded(*Where);
    if (!Ended)
      Result = joinErrors(std::move(Result), endParents());
    Forked->update();
    return joinErrors(std::move(Result), Forked->end(Before));
  }

  /// -errno: the process could not begin to record.
  Expected<int32_t> error() const { return Process.get(&trace_attach::error); }

  Children &children() { return *Forked; }
  const Directory &directory() const { return *Where; }

private:
  Error endParents() {
    auto Switched = Switch::begin(Process);
    if (!Switched)
      return Switched.takeError();
    return endSession(Process, **Switched, Recording, Before);
  }

  /// One whose tool was killed; fails for one that goes on.
  Error endOthers() {
    auto Switched = Switch::begin(Process);
    if (!Switched)
      return Switched.takeError();
    if (Error E = endAbandoned(Process, **Switched))
      return E;
    Expected<std::optional<LiveRecording>> Other = liveRecording(Process);
    if (!Other)
      return Other.takeError();
    return *Other ? failTraced(Process) : Error::success();
  }

  Error makeFiles(const std::string &Path, trace_session &Options) {
    // 10 ms give 0.04 ppm; the process does not wait for it.
    constexpr unsigned CalibrationMicroseconds = 10'000;
    Expected<Directory> Made = Directory::make(Process.Pid, Path);
    if (!Made)
      return Made.takeError();
    Where = std::make_unique<Directory>(std::move(*Made));
    int Code;
    {
      const AsOwner Owner(Process.Pid);
      Code =
          session_make(Where->path().c_str(), Options, CalibrationMicroseconds);
    }
    if (Code == -EEXIST)
      return failure(Path +
                     " holds a recording already; name another directory");
    if (Code)
      return failure(Path + ": " + std::strerror(-Code));
    Expected<std::string> Name = makeProcess(Process, *Where, Options);
    if (!Name)
      return Name.takeError();
    Recording.Directory = Path;
    Recording.Process = Path + "/" + *Name;
    return Error::success();
  }

  Error switchOn() {
    auto Switched = Switch::begin(Process);
    if (!Switched)
      return Switched.takeError();
    // It may have begun one of its own meanwhile.
    Expected<std::optional<LiveRecording>> Other = liveRecording(Process);
    if (!Other)
      return Other.takeError();
    if (*Other)
      return failTraced(Process);
    Expected<uint32_t> Last = Process.get(&trace_attach::sessions);
    if (!Last)
      return Last.takeError();
    Recording.Session = *Last + 1;
    Forked.emplace(*Where, Recording);
    for (const LiveEvent *Event :
         concat<const LiveEvent *>(Events, SnapshotEvents)) {
      Expected<WantedChange> Now = (*Switched)->now(*Event);
      if (!Now)
        return Now.takeError();
      Before[Event] = std::move(*Now);
    }
    if (Error E = Process.setDirectory(Recording.Process))
      return E;
    if (Error E = Process.set(&trace_attach::error, 0))
      return E;
    if (Error E = Process.set(&trace_attach::pid,
                              static_cast<uint32_t>(Process.SeenPid)))
      return E;
    if (Error E = Process.set(&trace_attach::sessions, Recording.Session))
      return E;
    Expected<std::vector<WantedChange>> Changes =
        recordInto(Process, Recording, Events, Patterns);
    if (!Changes)
      return Changes.takeError();
    if (Error E = addSnapshots(*Changes))
      return E;
    if (Error E = Process.set(&trace_attach::session, Recording.Session))
      return E;
    if (Error E = (*Switched)->apply(*Changes))
      return E;
    if (Error E = (*Switched)->addRules(Patterns, '+', Recording.Session))
      return E;
    return (*Switched)->addRules(Snapshots, '!', Recording.Session);
  }

  /// Each event that makes one need not be recorded.
  Error addSnapshots(std::vector<WantedChange> &Changes) const {
    for (const LiveEvent *Event : SnapshotEvents) {
      auto Condition = conditionOf(*Event, Snapshots);
      if (!Condition)
        return Condition.takeError();
      auto Change = find_if(Changes, [&](const WantedChange &Each) {
        return Each.Event == Event;
      });
      if (Change == Changes.end())
        Change = Changes.insert(Change, Before.at(Event));
      Change->Wanted |= TRACE_WANTED_SNAPSHOT;
      Change->SnapshotCondition = std::move(*Condition);
    }
    return Error::success();
  }

  AttachedProcess &Process;
  ArrayRef<std::string> Patterns, Snapshots;
  std::vector<const LiveEvent *> Events, SnapshotEvents;
  ProcessLock Lock;
  LiveRecording Recording;
  std::unique_ptr<Directory> Where;
  std::optional<Children> Forked;
  std::map<const LiveEvent *, WantedChange> Before;
};

/// The signals that end the recording: held back, and asked for.
class EndSignals {
public:
  EndSignals() {
    sigemptyset(&Signals);
    for (int Signal : {SIGINT, SIGTERM, SIGHUP})
      sigaddset(&Signals, Signal);
    ::sigprocmask(SIG_BLOCK, &Signals, nullptr);
  }
  /// Waits for so long; whether one came.
  bool came(const timespec &Pause) const {
    return ::sigtimedwait(&Signals, nullptr, &Pause) > 0;
  }

private:
  sigset_t Signals;
};

int failProcess(pid_t Pid, Error E) {
  message() << "process " << Pid << ": " << toString(std::move(E)) << "\n";
  return 1;
}

/// Until a signal, or until the process and its children have ended. Whether
/// the process has.
bool watch(Session &Recorded, const EndSignals &Signals, LiveLine &Line) {
  constexpr timespec Pause = {0, 200'000'000};
  int32_t Told = 0;
  bool Ended = false;
  while (!Signals.came(Pause)) {
    Expected<int32_t> Code = Recorded.error();
    Recorded.children().update();
    if (!Code) {
      consumeError(Code.takeError());
      Ended = true;
      if (Recorded.children().empty())
        return true;
    } else if (*Code != 0 && *Code != Told) {
      message() << "the process can't record into "
                << Recorded.directory().shown() << ": " << std::strerror(-*Code)
                << "\n";
      Told = *Code;
    }
    Line.update();
  }
  return Ended;
}

} // namespace

int recordProcess(pid_t Pid, const RecordRequest &Request) {
  trace_session Options = session_defaults();
  if (!readRecordOptions(Request, Options))
    return 2;
  if (!checkPatterns("--snapshot", Request.Snapshots))
    return 2;
  int Status = 0;
  auto Process = openToSwitch(Pid, Request.Patterns, Status);
  if (!Process)
    return Status;
  const EndSignals Signals;
  Session Recorded(*Process, Request);
  const std::string Output = Request.Directory.empty()
                                 ? defaultRecording(statusOf(Pid, "Name"))
                                 : Request.Directory;
  if (Error Bad = Recorded.begin(Output, Options))
    return failProcess(Pid, std::move(Bad));
  const std::string Path = Recorded.directory().path();
  LiveLine Line(Path, Request.Quiet);
  Error Bad = Recorded.end(watch(Recorded, Signals, Line));
  Line.erase();
  printTotals(Path, Recorded.directory().shown(), Request.Quiet);
  return Bad ? failProcess(Pid, std::move(Bad)) : 0;
}

} // namespace trace
