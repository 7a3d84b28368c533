//===- directory.h - Files of a process's own -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_ATTACH_DIRECTORY_H
#define TRACE_TOOL_ATTACH_DIRECTORY_H

#include "process.h"

namespace trace {

class Directory;

/// While one exists, this thread makes and opens files as the process's user:
/// it can do no more than that user could, and what it makes is that user's.
class AsOwner {
public:
  explicit AsOwner(pid_t Pid);
  /// Of a process that may have ended: as who has what it made.
  explicit AsOwner(const Directory &Made);
  ~AsOwner();
  AsOwner(const AsOwner &) = delete;

private:
  AsOwner(uid_t User, gid_t Group);
  uid_t User; // before
  gid_t Group;
};

/// A directory below a process's root, held open, so that it is the same one
/// whatever happens to its name, to the process and to its mounts.
class Directory {
public:
  /// `Path`: absolute, as the process sees it. Nothing in it leads out of the
  /// process's root.
  static llvm::Expected<Directory> open(pid_t Pid, llvm::StringRef Path);
  /// Makes it, mode 0700, if it is not there: then it must be the process's
  /// user's, and nobody else's to write.
  static llvm::Expected<Directory> make(pid_t Pid, llvm::StringRef Path);
  Directory(Directory &&Other) noexcept
      : Name(std::move(Other.Name)), Descriptor(Other.Descriptor) {
    Other.Descriptor = -1;
  }
  ~Directory();

  /// A path for this process alone.
  std::string path() const;
  /// For people.
  const std::string &shown() const { return Name; }

private:
  Directory(std::string Name, int Descriptor)
      : Name(std::move(Name)), Descriptor(Descriptor) {}
  std::string Name;
  int Descriptor;
};

/// Whether it sees the file system as we do.
bool hasOurRoot(pid_t Pid);

/// What `-o` names, as the process sees it; relative to our own folder. Fails
/// if the process has another root than we and the name is not absolute.
llvm::Expected<std::string> pathInProcess(pid_t Pid, llvm::StringRef Output);

} // namespace trace

#endif
