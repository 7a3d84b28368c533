//===- cores.cpp - Synchronising processors from outside ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cores.h"
#include "../elf_image.h"
#include "memory.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <cstring>
#include <set>

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

int runOn(unsigned Processor) {
  cpu_set_t One;
  CPU_ZERO(&One);
  CPU_SET(Processor, &One);
  return ::sched_setaffinity(0, sizeof One, &One) == 0 ? 0 : errno;
}

} // namespace

Expected<Cores> Cores::of(pid_t Pid) {
  Cores Result;
  if (::sched_getaffinity(0, sizeof Result.Before, &Result.Before) != 0)
    return failure(std::string("sched_getaffinity: ") + std::strerror(errno));
  std::set<unsigned> Online, Allowed = allowedTo(Pid);
  addList(readProc("/sys/devices/system/cpu/online"), Online);
  if (Online.empty())
    Online = Allowed;
  for (unsigned Processor : Online) {
    int Number = runOn(Processor);
    if (Number == 0)
      Result.Processors.push_back(Processor);
    else if (Allowed.count(Processor))
      return failure("processor " + Twine(Processor) +
                     ", on which its threads may run, is not one that this "
                     "command may run on (" +
                     std::strerror(Number) +
                     "), so code can't be changed safely: run this in its "
                     "cpuset");
  }
  return Result;
}

Cores::~Cores() {
  if (!Processors.empty())
    ::sched_setaffinity(0, sizeof Before, &Before);
}

Error Cores::synchronise() const {
  for (unsigned Processor : Processors) {
    int Number = runOn(Processor);
    // One that was taken offline meanwhile has no thread on it.
    if (Number != 0 && Number != EINVAL)
      return failure(std::string("sched_setaffinity: ") +
                     std::strerror(Number));
  }
  return Error::success();
}

} // namespace trace
