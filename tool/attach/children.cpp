//===- children.cpp - Children of a process that is recorded --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "children.h"
#include "../../runtime/recording/file.h"
#include "../recover/liveness.h"
#include "../recover/recovery.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"
#include <fcntl.h>

using namespace llvm;

namespace trace {
namespace {

bool hasEnded(const AttachedProcess &Process) {
  Expected<uint32_t> Session = Process.get(&trace_attach::session);
  if (Session)
    return false;
  consumeError(Session.takeError());
  return true;
}

/// The names of the directories that processes have made.
std::vector<std::string> namesOf(const Directory &Where) {
  Expected<std::vector<std::string>> Paths = processDirectories(Where.path());
  if (!Paths) { // the directory is gone: nobody is in it
    consumeError(Paths.takeError());
    return {};
  }
  std::vector<std::string> Names;
  for (StringRef Path : *Paths)
    Names.push_back(sys::path::filename(Path).str());
  return Names;
}

/// Who has that file `process` mapped; 0: nobody that we see.
pid_t ownerOf(const std::string &Path) {
  const File From(Path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  struct stat Status;
  trace_process Head;
  if (From.error() || From.status(Status) ||
      From.read(&Head, sizeof Head, 0) != static_cast<long>(sizeof Head) ||
      Head.magic != TRACE_PROCESS_MAGIC)
    return 0;
  return findProcess(Head, Status);
}

/// The same of a child's events: they lie where its parent's do.
std::map<const LiveEvent *, WantedChange>
translate(const std::map<const LiveEvent *, WantedChange> &Before,
          const AttachedProcess &Child) {
  std::map<const LiveEvent *, WantedChange> Result;
  for (const LiveImage &Image : Child.Images)
    for (const LiveEvent &Event : Image.Events)
      for (const auto &[Parents, Change] : Before)
        if (Parents->Address == Event.Address &&
            Parents->Described.Name == Event.Described.Name) {
          Result[&Event] = Change;
          Result[&Event].Event = &Event;
        }
  return Result;
}

} // namespace

std::unique_ptr<Children::Child> Children::take(const std::string &Name) const {
  const pid_t Pid = ownerOf(Where.path() + "/" + Name + "/process");
  if (Pid == 0)
    return nullptr;
  auto Result = std::make_unique<Child>();
  auto fail = [&](Error E) {
    consumeError(std::move(E)); // it has just ended, or is not to be changed
    return nullptr;
  };
  Expected<std::unique_ptr<AttachedProcess>> Process =
      AttachedProcess::open(Pid);
  if (!Process)
    return fail(Process.takeError());
  if (Error E = (*Process)->requireRuntime())
    return fail(std::move(E));
  Expected<std::optional<LiveRecording>> Recording = liveRecording(**Process);
  if (!Recording)
    return fail(Recording.takeError());
  if (!*Recording || (*Recording)->Session != Parents.Session ||
      (*Recording)->Process != Parents.Directory + "/" + Name)
    return nullptr;
  Expected<bool> Free = takeSession(Result->Lock, Pid);
  if (!Free)
    return fail(Free.takeError());
  Result->Process = std::move(*Process);
  Result->Recording = std::move(**Recording);
  return Result;
}

void Children::update() {
  for (auto I = Live.begin(); I != Live.end();)
    I = hasEnded(*I->second->Process) ? Live.erase(I) : std::next(I);
  for (const std::string &Name : namesOf(Where)) {
    if (Live.count(Name) || Name == sys::path::filename(Parents.Process))
      continue;
    if (auto Found = take(Name))
      Live[Name] = std::move(Found);
  }
}

Error Children::end(const std::map<const LiveEvent *, WantedChange> &Before) {
  Error Result = Error::success();
  for (auto &[Name, Child] : Live) {
    Expected<std::unique_ptr<Switch>> Switched = Switch::begin(*Child->Process);
    Error Failed =
        Switched ? endSession(*Child->Process, **Switched, Child->Recording,
                              translate(Before, *Child->Process))
                 : Switched.takeError();
    if (hasEnded(*Child->Process)) // meanwhile, by itself
      consumeError(std::move(Failed));
    else if (Failed)
      Result = joinErrors(std::move(Result),
                          failure("its child " + Twine(Child->Process->Pid) +
                                  ": " + toString(std::move(Failed))));
  }
  Live.clear();
  const AsOwner Owner(Where);
  for (const std::string &Name : namesOf(Where)) {
    const std::string Path = Where.path() + "/" + Name;
    Recovery Done = recoverProcess(Path, ownerOf(Path + "/process") == 0);
    if (Done.Was == Recovery::Failed)
      Result = joinErrors(std::move(Result), failure(Parents.Directory + "/" +
                                                     Name + ": " + Done.Why));
  }
  return Result;
}

} // namespace trace
