//===- recording.cpp - A recording, from outside --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "recording.h"
#include "../../runtime/recording/catalog.h"
#include "../../runtime/recording/clock.h"
#include "../../runtime/recording/file.h"
#include "../../runtime/recording/metadata.h"
#include "../../runtime/recording/session.h"
#include "../elf_image.h"
#include "../recover/recovery.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

Error failed(const Twine &Path, int Number) {
  return failure(Path + ": " + std::strerror(Number));
}

/// The process's directory, if it has made one: it has `process` mapped.
std::string ownDirectory(pid_t Pid, StringRef Recording) {
  std::string Maps = readProc(procPath(Pid, "maps"));
  for (StringRef Rest = Maps; !Rest.empty();) {
    auto [Line, After] = Rest.split('\n');
    StringRef Path = Line.substr(std::min(Line.find('/'), Line.size()));
    if (Path.consume_back("/process") &&
        sys::path::parent_path(Path) == Recording)
      return Path.str();
    Rest = After;
  }
  return "";
}

template <typename T> Error readHead(const std::string &Path, T &Into) {
  File From(Path.c_str(), O_RDONLY);
  long Count = From.error() ? From.error() : From.read(&Into, sizeof Into, 0);
  if (Count < 0)
    return failed(Path, static_cast<int>(-Count));
  if (Count != static_cast<long>(sizeof Into))
    return failure(Path + ": cut off");
  return Error::success();
}

Error readWhole(const std::string &Path, std::string &Into) {
  File From(Path.c_str(), O_RDONLY);
  struct stat Status;
  int Code = From.error() ? From.error() : From.status(Status);
  if (Code)
    return failed(Path, -Code);
  Into.resize(static_cast<size_t>(Status.st_size));
  long Count = From.read(Into.data(), Into.size(), 0);
  if (Count < 0)
    return failed(Path, static_cast<int>(-Count));
  Into.resize(static_cast<size_t>(Count));
  return Error::success();
}

Error writeMetadata(const std::string &Process, const trace_session &Session,
                    const trace_process &Head, StringRef Events) {
  utsname Names = {};
  ::uname(&Names);
  std::vector<char> Room(metadata_head_bytes_max);
  TextBuffer Out(Room.data(), Room.size());
  put_metadata_head(Out, Session, Head, Names.nodename);
  if (int Code = replace_file((Process + "/ctf/metadata").c_str(),
                              (Process + "/metadata.new").c_str(), Out.text(),
                              {Events.data(), Events.size()}))
    return failed(Process + "/ctf/metadata", -Code);
  return Error::success();
}

trace_process describe(const AttachedProcess &Process,
                       const trace_session &Session) {
  trace_process Head = {};
  Head.version = TRACE_RECORDING_VERSION;
  Head.layout = TRACE_LAYOUT_VERSION;
  Head.state = TRACE_PROCESS_RUNNING;
  make_uuid(Head.uuid);
  Head.pid = static_cast<uint32_t>(Process.SeenPid);
  uint32_t Parent;
  if (Process.SeenPid == Process.Pid &&
      !StringRef(statusOf(Process.Pid, "PPid")).getAsInteger(10, Parent))
    Head.parent = Parent;
  Head.started = clock_now(Session.clock);
  struct stat Space;
  if (::stat(procPath(Process.Pid, "ns/pid").c_str(), &Space) == 0)
    Head.pid_namespace = Space.st_ino;
  statusOf(Process.Pid, "Name").copy(Head.name, sizeof Head.name - 1);
  if (::readlink(procPath(Process.Pid, "exe").c_str(), Head.executable,
                 sizeof Head.executable - 1) < 0)
    Head.executable[0] = 0;
  Head.magic = TRACE_PROCESS_MAGIC;
  return Head;
}

/// As make_directory of runtime/recording/process.cpp.
Expected<std::string> makeNamed(const AttachedProcess &Process,
                                const Directory &Parent) {
  constexpr unsigned DirectoriesMax = 10'000;
  std::string Base;
  for (char C : statusOf(Process.Pid, "Name"))
    Base += isAlnum(C) || StringRef("+-._").contains(C) ? C : '_';
  Base += "-" + std::to_string(Process.SeenPid);
  std::string Name = Base;
  for (unsigned N = 1; N <= DirectoriesMax; ++N) {
    if (::mkdir((Parent.path() + "/" + Name).c_str(), 0700) == 0)
      return Name;
    if (errno != EEXIST)
      return failed(Parent.shown() + "/" + Name, errno);
    Name = Base + "." + std::to_string(N);
  }
  return failed(Parent.shown() + "/" + Name, EEXIST);
}

} // namespace

Expected<std::optional<LiveRecording>>
liveRecording(const AttachedProcess &Process) {
  LiveRecording Result;
  Expected<uint32_t> Session = Process.get(&trace_attach::session);
  Expected<uint32_t> Pid = Process.get(&trace_attach::pid);
  if (!Session || !Pid)
    return joinErrors(Session.takeError(), Pid.takeError());
  // A child that fork made has a copy of its parent's.
  if (*Session != 0 && static_cast<pid_t>(*Pid) == Process.SeenPid) {
    Expected<std::string> Path = Process.directory();
    if (!Path)
      return Path.takeError();
    Result.Session = *Session;
    Result.Process = *Path;
    Result.Directory = sys::path::parent_path(*Path).str();
    return Result;
  }
  Expected<std::string> Own = Process.ownRecording();
  if (!Own)
    return Own.takeError();
  if (Own->empty())
    return std::nullopt;
  Result.Directory = *Own;
  Result.Process = ownDirectory(Process.Pid, *Own);
  return Result;
}

Expected<bool> takeSession(ProcessLock &Lock, pid_t Pid) {
  return Lock.take(Pid, "ns", 0);
}

Expected<std::vector<WantedChange>>
recordInto(const AttachedProcess &Process, const LiveRecording &Recording,
           ArrayRef<const LiveEvent *> Events, ArrayRef<std::string> Patterns) {
  if (Recording.Process.empty())
    return failure("it records into " + Recording.Directory +
                   ", but has not begun to, so its events can't be switched "
                   "from outside yet");
  Expected<Directory> Open = Directory::open(Process.Pid, Recording.Process);
  if (!Open)
    return Open.takeError();
  Expected<Directory> Parent =
      Directory::open(Process.Pid, Recording.Directory);
  if (!Parent)
    return Parent.takeError();
  const AsOwner Owner(Process.Pid);
  trace_session Session;
  trace_process Head;
  std::string There;
  if (Error E = readHead(Parent->path() + "/session", Session))
    return E;
  if (Error E = readHead(Open->path() + "/process", Head))
    return E;
  if (Error E = readWhole(Open->path() + "/events", There))
    return E;
  Catalog Known;
  if (!Known.read(There))
    return failure(Recording.Process + "/events: damaged");
  Expected<uint32_t> Sessions = Process.get(&trace_attach::sessions);
  if (!Sessions)
    return Sessions.takeError();
  // As recording_wanted of runtime/recording/recording.cpp.
  const bool First = Recording.Session == *Sessions && Recording.Session <= 1;
  const uint32_t Purpose =
      TRACE_WANTED_RECORD | (First ? 0 : TRACE_WANTED_LATER) |
      (Session.flags & TRACE_SESSION_SAFE_STRINGS ? TRACE_WANTED_SAFE : 0);
  std::vector<WantedChange> Changes;
  for (const LiveEvent *Event : Events) {
    Expected<trace_key> Key = Process.key(*Event);
    if (!Key)
      return Key.takeError();
    auto Condition = conditionOf(*Event, Patterns);
    if (!Condition)
      return Condition.takeError();
    const uint32_t Id = Known.id_of(*Event->Descriptor);
    if (Id == 0)
      return failure("no id is left for another event");
    Changes.push_back({Event,
                       Purpose | (Key->wanted & TRACE_WANTED_OWN) |
                           (*Condition ? TRACE_WANTED_FILTER : 0) |
                           Id << TRACE_WANTED_BITS,
                       std::move(*Condition)});
  }
  if (Known.events().size() == There.size())
    return Changes;
  File To((Open->path() + "/events").c_str(), O_WRONLY);
  int Code = To.error();
  if (!Code)
    Code = To.write(Known.events().substr(There.size()), There.size());
  if (Code)
    return failed(Recording.Process + "/events", -Code);
  if (Error E = writeMetadata(Open->path(), Session, Head, Known.metadata()))
    return E;
  return Changes;
}

Expected<std::string> makeProcess(const AttachedProcess &Process,
                                  const Directory &Parent,
                                  const trace_session &Session) {
  const AsOwner Owner(Process.Pid);
  Expected<std::string> Name = makeNamed(Process, Parent);
  if (!Name)
    return Name.takeError();
  const std::string Path = Parent.path() + "/" + *Name;
  const trace_process Head = describe(Process, Session);
  if (::mkdir((Path + "/ctf").c_str(), 0700) != 0)
    return failed(Path + "/ctf", errno);
  const File Events((Path + "/events").c_str(), O_WRONLY | O_CREAT | O_EXCL,
                    0600);
  const File File_((Path + "/process").c_str(), O_RDWR | O_CREAT | O_EXCL,
                   0600);
  int Code = Events.error() ? Events.error() : File_.error();
  // The process stores into it: no block may lack.
  if (!Code)
    Code = File_.allocate(TRACE_PROCESS_BYTES);
  if (!Code)
    Code = File_.write({reinterpret_cast<const char *>(&Head), sizeof Head}, 0);
  if (Code)
    return failed(Parent.shown() + "/" + *Name, -Code);
  if (Error E = writeMetadata(Path, Session, Head, ""))
    return E;
  return *Name;
}

Error writeEnded(const Directory &Where) {
  const AsOwner Owner(Where);
  trace_session Session;
  if (Error E = readHead(Where.path() + "/session", Session))
    return E;
  const uint32_t Flags = Session.flags | TRACE_SESSION_ENDED;
  const File To((Where.path() + "/session").c_str(), O_WRONLY);
  int Code = To.error();
  if (!Code)
    Code = To.write({reinterpret_cast<const char *>(&Flags), sizeof Flags},
                    offsetof(trace_session, flags));
  return Code ? failed(Where.shown() + "/session", -Code) : Error::success();
}

Error endSession(AttachedProcess &Process, Switch &Switched,
                 const LiveRecording &Recording,
                 const std::map<const LiveEvent *, WantedChange> &Before) {
  std::vector<WantedChange> Changes;
  for (const LiveImage &Image : Process.Images)
    for (const LiveEvent &Event : Image.Events) {
      Expected<WantedChange> Now = Switched.now(Event);
      if (!Now)
        return Now.takeError();
      if (!(Now->Wanted & (TRACE_WANTED_RECORD | TRACE_WANTED_SNAPSHOT)))
        continue;
      if (auto Was = Before.find(&Event); Was != Before.end())
        Changes.push_back(Was->second);
      else if (Now->Wanted & TRACE_WANTED_RECORD)
        Changes.push_back({&Event, Now->Wanted & TRACE_WANTED_PROBES});
      else
        Changes.push_back(
            {&Event, Now->Wanted & ~TRACE_WANTED_SNAPSHOT, Now->Condition});
    }
  Expected<uint32_t> Count = Process.get(&trace_attach::changes);
  if (!Count)
    return Count.takeError();
  // First off, so that no event is refused that was to be recorded.
  if (Error E = Switched.apply(Changes))
    return E;
  if (Error E = Process.set(&trace_attach::session, 0u))
    return E;
  if (Error E = Process.set(&trace_attach::changes, *Count + 1))
    return E;
  if (!Process.waitForUsers())
    return failure("a thread of the process still writes; complete the "
                   "recording by `tracepoint recover` when it has ended");
  Expected<Directory> Open = Directory::open(Process.Pid, Recording.Directory);
  if (!Open)
    return Open.takeError();
  const AsOwner Owner(Process.Pid);
  Recovery Done = recoverProcess(
      Open->path() + "/" + sys::path::filename(Recording.Process).str(),
      /*Ended=*/true);
  return Done.Was == Recovery::Failed ? failure(Done.Why) : Error::success();
}

Error endAbandoned(AttachedProcess &Process, Switch &Switched) {
  Expected<uint32_t> Session = Process.get(&trace_attach::session);
  if (!Session)
    return Session.takeError();
  if (*Session == 0)
    return Error::success();
  Expected<std::optional<LiveRecording>> Recording = liveRecording(Process);
  if (!Recording)
    return Recording.takeError();
  LiveRecording Parents; // a copy that fork made: only the events are ours
  if (*Recording && (*Recording)->Session == *Session) {
    ProcessLock Lock;
    Expected<bool> Free = takeSession(Lock, Process.Pid);
    if (!Free)
      return Free.takeError();
    if (!*Free)
      return Error::success();
    // Its directory may be gone; that is no reason not to go on.
    if (auto Open = Directory::open(Process.Pid, (*Recording)->Directory))
      consumeError(writeEnded(*Open));
    else
      consumeError(Open.takeError());
    if (Error E = endSession(Process, Switched, **Recording, {}))
      errs() << "tracepoint: warning: the recording of a killed tracepoint, "
             << (*Recording)->Directory
             << ", can't be completed: " << toString(std::move(E)) << "\n";
    return Process.set(&trace_attach::session, 0u);
  }
  consumeError(endSession(Process, Switched, Parents, {}));
  return Process.set(&trace_attach::session, 0u);
}

} // namespace trace
