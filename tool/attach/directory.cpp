//===- directory.cpp - Files of a process's own ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "directory.h"
#include "../elf_image.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

/// The effective id in "Uid: REAL EFFECTIVE SAVED FILESYSTEM".
uint32_t effectiveId(pid_t Pid, StringRef Line, uint32_t Otherwise) {
  SmallVector<StringRef, 4> Ids;
  std::string Text = statusOf(Pid, Line);
  StringRef(Text).split(Ids, '\t', -1, false);
  uint32_t Id;
  if (Ids.size() < 2 || Ids[1].trim().getAsInteger(10, Id))
    return Otherwise;
  return Id;
}

Error failed(StringRef Path, int Number) {
  return failure(Path + ": " + std::strerror(Number));
}

struct stat statusOf(const Directory &Made) {
  struct stat Status;
  if (::stat(Made.path().c_str(), &Status) != 0) {
    Status.st_uid = ::geteuid();
    Status.st_gid = ::getegid();
  }
  return Status;
}

int openRoot(pid_t Pid) {
  return ::open(procPath(Pid, "root").c_str(),
                O_PATH | O_DIRECTORY | O_CLOEXEC);
}

int openBelow(int Root, const std::string &Path) {
  open_how How = {};
  How.flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
  How.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(
      ::syscall(SYS_openat2, Root, Path.c_str(), &How, sizeof How));
}

struct Closed {
  int Descriptor;
  ~Closed() {
    if (Descriptor >= 0)
      ::close(Descriptor);
  }
};

} // namespace

AsOwner::AsOwner(uid_t Wanted, gid_t WantedGroup)
    : User(Wanted), Group(WantedGroup) {
  Group = ::setfsgid(WantedGroup);
  User = ::setfsuid(Wanted);
}

AsOwner::AsOwner(pid_t Pid)
    : AsOwner(effectiveId(Pid, "Uid", ::geteuid()),
              effectiveId(Pid, "Gid", ::getegid())) {}

AsOwner::AsOwner(const Directory &Made)
    : AsOwner(statusOf(Made).st_uid, statusOf(Made).st_gid) {}

AsOwner::~AsOwner() {
  ::setfsuid(User);
  ::setfsgid(Group);
}

Directory::~Directory() {
  if (Descriptor >= 0)
    ::close(Descriptor);
}

std::string Directory::path() const {
  return "/proc/self/fd/" + std::to_string(Descriptor);
}

Expected<Directory> Directory::open(pid_t Pid, StringRef Path) {
  Closed Root{openRoot(Pid)};
  const AsOwner Owner(Pid);
  int Descriptor = openBelow(Root.Descriptor, Path.str());
  if (Descriptor < 0)
    return failed(Path, errno);
  return Directory(Path.str(), Descriptor);
}

Expected<Directory> Directory::make(pid_t Pid, StringRef Path) {
  Closed Root{openRoot(Pid)};
  const AsOwner Owner(Pid);
  const std::string Parent = sys::path::parent_path(Path).str();
  const std::string Name = sys::path::filename(Path).str();
  Closed Above{openBelow(Root.Descriptor, Parent)};
  if (Above.Descriptor < 0)
    return failed(Parent, errno);
  if (::mkdirat(Above.Descriptor, Name.c_str(), 0700) != 0 && errno != EEXIST)
    return failure(Path + ": " + std::strerror(errno) +
                   (errno == EACCES
                        ? ": the process's user must be able to write there; "
                          "name another directory with -o"
                        : ""));
  int Descriptor = ::openat(Above.Descriptor, Name.c_str(),
                            O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (Descriptor < 0)
    return failed(Path, errno);
  Directory Result(Path.str(), Descriptor);
  // One that was there: as session_check_directory of
  // runtime/recording/session.h.
  struct stat Status;
  if (::fstat(Descriptor, &Status) != 0)
    return failed(Path, errno);
  if (Status.st_uid != effectiveId(Pid, "Uid", ::geteuid()) ||
      (Status.st_mode & (S_IWGRP | S_IWOTH)))
    return failure(Path + ": it must belong to the process's user, and to "
                          "nobody else to write");
  return Result;
}

bool hasOurRoot(pid_t Pid) {
  struct stat Ours, Its;
  auto Space = [](const std::string &Path, struct stat &Into) {
    return ::stat(Path.c_str(), &Into) == 0;
  };
  return Space("/proc/self/ns/mnt", Ours) &&
         Space(procPath(Pid, "ns/mnt"), Its) && Ours.st_ino == Its.st_ino &&
         Space("/", Ours) && Space(procPath(Pid, "root/."), Its) &&
         Ours.st_ino == Its.st_ino && Ours.st_dev == Its.st_dev;
}

Expected<std::string> pathInProcess(pid_t Pid, StringRef Output) {
  SmallString<256> Path(Output);
  if (!hasOurRoot(Pid)) {
    if (!sys::path::is_absolute(Path))
      return failure("process " + Twine(Pid) +
                     " has another root directory, as in a container: name "
                     "with -o an absolute path as it sees it");
  } else if (std::error_code E = sys::fs::make_absolute(Path)) {
    return failure(Output + ": " + E.message());
  }
  sys::path::remove_dots(Path, true);
  return Path.str().rtrim('/').str();
}

} // namespace trace
