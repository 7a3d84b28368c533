//===- process.cpp - A running process, from outside ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "process.h"
#include "../elf_image.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

Error inProcess(pid_t Pid, Error E) {
  return failure("process " + Twine(Pid) + ": " + toString(std::move(E)));
}

void pause(unsigned Milliseconds) {
  timespec Time = {Milliseconds / 1000, Milliseconds % 1000 * 1'000'000L};
  ::nanosleep(&Time, nullptr);
}

/// The last of "NSpid: 4711 12": as the innermost namespace has it.
pid_t pidAsSeen(pid_t Pid) {
  pid_t Seen = Pid;
  StringRef(statusOf(Pid, "NSpid")).rsplit('\t').second.getAsInteger(10, Seen);
  return Seen;
}

} // namespace

Expected<std::unique_ptr<AttachedProcess>> AttachedProcess::open(pid_t Pid) {
  Expected<ProcessMemory> Memory = ProcessMemory::open(Pid);
  if (!Memory)
    return Memory.takeError();
  std::unique_ptr<AttachedProcess> Result(
      new AttachedProcess(Pid, std::move(*Memory)));
  Expected<LiveImages> Found = readImages(Pid, Result->Memory);
  if (!Found)
    return inProcess(Pid, Found.takeError());
  Result->Images = std::move(Found->Images);
  Result->Refused = std::move(Found->Refused);
  Result->Runtimes = std::move(Found->Runtimes);
  Result->SeenPid = pidAsSeen(Pid);
  if (!Result->Images.empty())
    return Result;
  if (!Result->Refused.empty())
    return inProcess(Pid, failure(Result->Refused.front()));
  return inProcess(Pid, failure("no trace points"));
}

AttachedProcess::~AttachedProcess() = default;

Error AttachedProcess::requireRuntime() {
  if (Runtimes.empty())
    return inProcess(
        Pid, failure("it has trace points, but not the run-time library that "
                     "records them: link it with -ltracepoint, or start it by "
                     "`tracepoint run` or `record`"));
  auto Usable = find_if(Runtimes, [](const LiveRuntime &R) {
    return R.Version == TRACE_ATTACH_VERSION;
  });
  if (Usable == Runtimes.end())
    return inProcess(Pid,
                     failure("its run-time library (" + Runtimes.front().Name +
                             ") is of another release; use the tracepoint of "
                             "that"));
  // Where there are several, an image is whose functions its record holds.
  Block = Usable->Attach;
  Expected<trace_commit_fn *> Commit = get(&trace_attach::commit);
  if (!Commit)
    return inProcess(Pid, Commit.takeError());
  erase_if(Images, [&](const LiveImage &Image) {
    Expected<trace_image> Record = Memory.read<trace_image>(Image.Record);
    if (!Record) {
      consumeError(Record.takeError());
      return true;
    }
    const bool Foreign = Record->version != 0 && Record->commit != *Commit;
    if (Foreign)
      Refused.push_back(Image.Name +
                        ": another copy of the run-time library has it");
    return Foreign;
  });
  // Its constructor runs before main.
  for (unsigned Tries = 0;; ++Tries) {
    Expected<uint32_t> Ready = get(&trace_attach::ready);
    if (!Ready)
      return inProcess(Pid, Ready.takeError());
    if (*Ready)
      return Error::success();
    if (Tries == 100)
      return inProcess(Pid, failure("it is just starting; try again"));
    pause(10);
  }
}

Expected<std::string> AttachedProcess::text(uint64_t Address,
                                            size_t BytesMax) const {
  std::string Result;
  while (Result.size() < BytesMax) {
    Expected<char> Next = Memory.read<char>(Address + Result.size());
    if (!Next)
      return Next.takeError();
    if (!*Next)
      break;
    Result += *Next;
  }
  return Result;
}

Expected<std::string> AttachedProcess::directory() const {
  Expected<char *> At = get(&trace_attach::directory);
  if (!At)
    return At.takeError();
  return text(reinterpret_cast<uintptr_t>(*At), sizeof(trace_path));
}

Error AttachedProcess::setDirectory(StringRef Path) const {
  trace_path Text = {};
  if (Path.size() >= sizeof Text)
    return failure(Path + ": the name is too long");
  memcpy(Text, Path.data(), Path.size());
  Expected<char *> At = get(&trace_attach::directory);
  if (!At)
    return At.takeError();
  return Memory.write(reinterpret_cast<uintptr_t>(*At), Text);
}

Expected<std::string> AttachedProcess::ownRecording() const {
  Expected<const char *> At = get(&trace_attach::recording);
  if (!At)
    return At.takeError();
  if (!*At)
    return "";
  return text(reinterpret_cast<uintptr_t>(*At), sizeof(trace_path));
}

Expected<std::string> AttachedProcess::rules() const {
  Expected<uint32_t> Bytes = get(&trace_attach::rules_bytes);
  Expected<uint32_t> Taken = get(&trace_attach::rules_taken);
  Expected<char *> At = get(&trace_attach::rules);
  if (!Bytes || !Taken || !At)
    return joinErrors(joinErrors(Bytes.takeError(), Taken.takeError()),
                      At.takeError());
  if (*Bytes > TRACE_ATTACH_RULES_BYTES_MAX || *Taken > *Bytes)
    return failure("its run-time library's data is damaged");
  std::string Text(*Bytes - *Taken, 0);
  if (Error E = Memory.read(reinterpret_cast<uintptr_t>(*At) + *Taken,
                            Text.data(), Text.size()))
    return E;
  return Text;
}

// Killed in between, the patterns are forgotten, but what they switched stays.
Error AttachedProcess::setRules(StringRef Text) const {
  Expected<char *> At = get(&trace_attach::rules);
  if (!At)
    return At.takeError();
  if (Error E = set(&trace_attach::rules_bytes, uint32_t{0}))
    return E;
  if (Error E = set(&trace_attach::rules_taken, uint32_t{0}))
    return E;
  if (Error E = Memory.write(reinterpret_cast<uintptr_t>(*At), Text.data(),
                             Text.size()))
    return E;
  if (Error E =
          set(&trace_attach::rules_bytes, static_cast<uint32_t>(Text.size())))
    return E;
  Expected<uint32_t> Changes = get(&trace_attach::changes);
  if (!Changes)
    return Changes.takeError();
  return set(&trace_attach::changes, *Changes + 1);
}

ProcessLock::~ProcessLock() { release(); }

void ProcessLock::release() {
  if (Descriptor >= 0)
    ::close(Descriptor);
  Descriptor = -1;
}

Expected<bool> ProcessLock::take(pid_t Pid, StringRef Directory,
                                 unsigned Milliseconds) {
  Descriptor = ::open(procPath(Pid, Directory).c_str(),
                      O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (Descriptor < 0)
    return failure(procPath(Pid, Directory) + ": " + std::strerror(errno));
  for (;; --Milliseconds) {
    if (::flock(Descriptor, LOCK_EX | LOCK_NB) == 0)
      return true;
    if (Milliseconds == 0)
      break;
    pause(1);
  }
  release();
  return false;
}

bool AttachedProcess::waitForUsers() const {
  constexpr timespec Pause = {0, 1'000'000};
  for (unsigned Tries = 0; Tries < 2000; ++Tries) {
    Expected<uint32_t> Users = get(&trace_attach::users);
    if (!Users) {
      consumeError(Users.takeError());
      return true; // it has ended
    }
    if (*Users == 0)
      return true;
    ::nanosleep(&Pause, nullptr);
  }
  return false;
}

} // namespace trace
