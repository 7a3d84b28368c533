//===- liveness.cpp - Whether a traced process has ended ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "liveness.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/MemoryBuffer.h"
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

} // namespace

bool mayRun(const trace_process &Head, const struct stat &File) {
  struct stat Space;
  if (Head.pid_namespace && ::stat("/proc/self/ns/pid", &Space) == 0 &&
      Space.st_ino != Head.pid_namespace)
    return true; // of a container: its pid says nothing here
  std::string Path = "/proc/" + std::to_string(Head.pid) + "/maps";
  auto Maps = MemoryBuffer::getFileAsStream(Path);
  if (!Maps)
    return Maps.getError() != std::errc::no_such_file_or_directory &&
           Maps.getError() != std::errc::no_such_process;
  return hasMapping((*Maps)->getBuffer(), File.st_ino);
}

} // namespace trace
