//===- cores.cpp - Synchronising processors from outside ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cores.h"
#include "../elf_image.h"
#include "memory.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <cstring>
#include <set>
#include <sys/syscall.h>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

/// "0-3,8" (Cpus_allowed_list of proc_pid_status(5)).
void addList(StringRef Text, std::set<unsigned> &To) {
  SmallVector<StringRef, 8> Parts;
  Text.trim().split(Parts, ',', -1, false);
  for (StringRef Part : Parts) {
    auto [First, Last] = Part.split('-');
    unsigned From, Until;
    if (First.getAsInteger(10, From))
      continue;
    if (Last.empty())
      Until = From;
    else if (Last.getAsInteger(10, Until))
      continue;
    for (; From <= Until && From < CPU_SETSIZE; ++From)
      To.insert(From);
  }
}

std::set<unsigned> allowedTo(pid_t Pid) {
  std::set<unsigned> Result;
  std::error_code Code;
  for (sys::fs::directory_iterator I(procPath(Pid, "task"), Code), End;
       !Code && I != End; I.increment(Code)) {
    pid_t Thread;
    if (!sys::path::filename(I->path()).getAsInteger(10, Thread))
      addList(statusOf(Thread, "Cpus_allowed_list"), Result);
  }
  return Result;
}

int runOn(const cpu_set_t &Set) {
  return ::sched_setaffinity(0, sizeof Set, &Set) == 0 ? 0 : errno;
}

int runOn(unsigned Processor) {
  cpu_set_t One;
  CPU_ZERO(&One);
  CPU_SET(Processor, &One);
  return runOn(One);
}

/// struct sched_attr of sched_setattr(2), which glibc has from 2.41 on.
struct Scheduling {
  uint32_t Size = sizeof(Scheduling), Policy = 0;
  uint64_t Flags = 0;
  int32_t Nice = 0;
  uint32_t Priority = 0;
  uint64_t Runtime = 0, Deadline = 0, Period = 0;
};

/// While one exists, a thread that is busy on the processor to which we come
/// makes way at once, not at the end of its time slice of some milliseconds:
/// because we are a real-time thread, which takes a privilege, or else one that
/// asks for short slices (Linux 6.12; before, it has no effect).
class Hurry {
public:
  Hurry() {
    if (::syscall(SYS_sched_getattr, 0, &Before, sizeof Before, 0) != 0 ||
        Before.Policy != SCHED_OTHER)
      return;
    Scheduling RealTime, Short = Before;
    RealTime.Policy = SCHED_FIFO;
    RealTime.Priority = 1;
    Short.Runtime = 100'000; // ns; the least
    IsChanged = set(RealTime) || set(Short);
  }
  ~Hurry() {
    if (IsChanged)
      set(Before);
  }
  Hurry(const Hurry &) = delete;

private:
  static bool set(Scheduling &To) {
    return ::syscall(SYS_sched_setattr, 0, &To, 0) == 0;
  }

  Scheduling Before;
  bool IsChanged = false;
};

} // namespace

Expected<Cores> Cores::of(pid_t Pid) {
  Cores Result;
  if (::sched_getaffinity(0, sizeof Result.Before, &Result.Before) != 0)
    return failure(std::string("sched_getaffinity: ") + std::strerror(errno));
  std::set<unsigned> Online, Allowed = allowedTo(Pid);
  addList(readProc("/sys/devices/system/cpu/online"), Online);
  if (Online.empty())
    Online = Allowed;
  // The kernel takes away those that are not in our cpuset.
  cpu_set_t Ours;
  CPU_ZERO(&Ours);
  for (unsigned Processor : Online)
    CPU_SET(Processor, &Ours);
  if (runOn(Ours) != 0 || ::sched_getaffinity(0, sizeof Ours, &Ours) != 0)
    return failure(std::string("sched_setaffinity: ") + std::strerror(errno));
  for (unsigned Processor : Online) {
    if (CPU_ISSET(Processor, &Ours))
      Result.Processors.push_back(Processor);
    else if (Allowed.count(Processor))
      return failure("processor " + Twine(Processor) +
                     ", on which its threads may run, is not one that this "
                     "command may run on, so code can't be changed safely: run "
                     "this in its cpuset");
  }
  return Result;
}

Cores::~Cores() {
  if (!Processors.empty())
    ::sched_setaffinity(0, sizeof Before, &Before);
}

Error Cores::synchronise() const {
  const Hurry AtOnce;
  // The one where we are is the last, so that afterwards we do not go on beside
  // a thread that is busy on another.
  std::vector<unsigned> Round = Processors;
  const auto Here = llvm::find(Round, static_cast<unsigned>(::sched_getcpu()));
  if (Here != Round.end())
    std::iter_swap(Here, std::prev(Round.end()));
  for (unsigned Processor : Round) {
    int Number = runOn(Processor);
    // One that was taken offline meanwhile has no thread on it.
    if (Number != 0 && Number != EINVAL)
      return failure(std::string("sched_setaffinity: ") +
                     std::strerror(Number));
  }
  return Error::success();
}

} // namespace trace
