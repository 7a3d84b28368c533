//===- liveness.cpp - Whether a traced process has ended ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "liveness.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <string>

using namespace llvm;

namespace trace {
namespace {

// proc_pid_maps(5): addresses, rights, offset, major:minor, inode, path.
bool hasMapping(StringRef Maps, ino_t Number) {
  std::string Inode = std::to_string(Number);
  while (!Maps.empty()) {
    StringRef Line;
    std::tie(Line, Maps) = Maps.split('\n');
    SmallVector<StringRef, 6> Words;
    Line.split(Words, ' ', 5, false);
    // Not the device: overlayfs and btrfs show another than stat does.
    if (Words.size() >= 6 && Words[4] == Inode &&
        Words[5].trim().contains("/process"))
      return true;
  }
  return false;
}

bool isOfOurNamespace(const trace_process &Head) {
  struct stat Space;
  return !Head.pid_namespace || ::stat("/proc/self/ns/pid", &Space) != 0 ||
         Space.st_ino == Head.pid_namespace;
}

bool has(pid_t Pid, const trace_process &Head, const struct stat &File) {
  const std::string Path = "/proc/" + std::to_string(Pid);
  struct stat Space;
  if (Head.pid_namespace && ::stat((Path + "/ns/pid").c_str(), &Space) == 0 &&
      Space.st_ino != Head.pid_namespace)
    return false;
  auto Maps = MemoryBuffer::getFileAsStream(Path + "/maps");
  return Maps && hasMapping((*Maps)->getBuffer(), File.st_ino);
}

} // namespace

bool mayRun(const trace_process &Head, const struct stat &File) {
  if (!isOfOurNamespace(Head))
    return true; // of a container: its pid says nothing here
  std::string Path = "/proc/" + std::to_string(Head.pid) + "/maps";
  auto Maps = MemoryBuffer::getFileAsStream(Path);
  if (!Maps)
    return Maps.getError() != std::errc::no_such_file_or_directory &&
           Maps.getError() != std::errc::no_such_process;
  return hasMapping((*Maps)->getBuffer(), File.st_ino);
}

pid_t findProcess(const trace_process &Head, const struct stat &File) {
  if (isOfOurNamespace(Head)) {
    const auto Pid = static_cast<pid_t>(Head.pid);
    return has(Pid, Head, File) ? Pid : 0;
  }
  std::error_code Code;
  for (sys::fs::directory_iterator I("/proc", Code), End; !Code && I != End;
       I.increment(Code)) {
    pid_t Pid;
    if (!sys::path::filename(I->path()).getAsInteger(10, Pid) &&
        has(Pid, Head, File))
      return Pid;
  }
  return 0;
}

} // namespace trace
