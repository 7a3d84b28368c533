//===- memory.cpp - Another process's memory ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "memory.h"
#include "../elf_image.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

/// Why the kernel does not let us (ptrace(2), "Ptrace access mode checking"),
/// in its own order.
std::string whyRefused(pid_t Pid) {
  uint64_t Owner = 0, Effective = ::geteuid();
  SmallVector<StringRef, 4> Uids;
  std::string Uid = statusOf(Pid, "Uid");
  StringRef(Uid).split(Uids, '\t', -1, false);
  if (Uids.size() < 3)
    return "not permitted";
  bool Same = true;
  for (StringRef Each : ArrayRef(Uids).take_front(3)) // real, effective, saved
    Same &= !Each.trim().getAsInteger(10, Owner) && Owner == Effective;
  if (!Same)
    return "not permitted: it runs as another user; run this as root";
  struct stat Entry;
  if (::stat(procPath(Pid, "mem").c_str(), &Entry) == 0 &&
      Entry.st_uid != Effective)
    return "not permitted: it is not dumpable, after setuid, setgid or "
           "PR_SET_DUMPABLE 0, or because its file is not readable; run this "
           "as root";
  std::string Scope = readProc("/proc/sys/kernel/yama/ptrace_scope");
  if (!Scope.empty() && Scope[0] != '0')
    return "not permitted by Yama (kernel.yama.ptrace_scope is " +
           StringRef(Scope).trim().str() +
           "); run this as root, or write 0 there";
  return "not permitted: a security module or a container's limits forbid it; "
         "run this as root";
}

} // namespace

std::string procPath(pid_t Pid, StringRef Name) {
  return ("/proc/" + Twine(Pid) + "/" + Name).str();
}

std::string readProc(const std::string &Path) {
  auto Buffer = MemoryBuffer::getFileAsStream(Path);
  return Buffer ? (*Buffer)->getBuffer().str() : "";
}

std::string statusOf(pid_t Pid, StringRef Name) {
  std::string Text = readProc(procPath(Pid, "status"));
  StringRef Rest = Text;
  while (!Rest.empty()) {
    StringRef Line;
    std::tie(Line, Rest) = Rest.split('\n');
    if (Line.consume_front(Name) && Line.consume_front(":"))
      return Line.trim().str();
  }
  return "";
}

Expected<ProcessMemory> ProcessMemory::open(pid_t Pid) {
  int Descriptor =
      ::open(procPath(Pid, "mem").c_str(), O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (Descriptor >= 0)
    return ProcessMemory(Descriptor);
  int Number = errno;
  std::string Process = "process " + std::to_string(Pid) + ": ";
  if (Number == ENOENT || Number == ESRCH)
    return failure(Process + "there is none");
  if (Number == EACCES || Number == EPERM)
    return failure(Process + whyRefused(Pid));
  return failure(Process + std::strerror(Number));
}

ProcessMemory::~ProcessMemory() {
  if (Descriptor >= 0)
    ::close(Descriptor);
}

Error ProcessMemory::read(uint64_t Address, void *Into, size_t Bytes) const {
  auto *At = static_cast<char *>(Into);
  while (Bytes > 0) {
    ssize_t Count = ::pread(Descriptor, At, Bytes, Address);
    if (Count < 0 && errno == EINTR)
      continue;
    if (Count == 0)
      return failure("the process has ended");
    if (Count < 0)
      return failure("cannot read its memory at 0x" + utohexstr(Address) +
                     ": " + std::strerror(errno));
    At += Count;
    Address += Count;
    Bytes -= Count;
  }
  return Error::success();
}

Error PageCache::read(uint64_t Address, void *Into, size_t Bytes) {
  auto *To = static_cast<char *>(Into);
  while (Bytes > 0) {
    const uint64_t Offset = Address % PageBytes, Begin = Address - Offset;
    std::unique_ptr<Page> &Known = Pages[Begin];
    if (!Known) {
      auto Copy = std::make_unique<Page>();
      if (Error E = Memory.read(Begin, Copy->data(), Copy->size()))
        return E;
      Known = std::move(Copy);
    }
    const size_t Count = std::min<uint64_t>(Bytes, PageBytes - Offset);
    memcpy(To, Known->data() + Offset, Count);
    To += Count;
    Address += Count;
    Bytes -= Count;
  }
  return Error::success();
}

Error ProcessMemory::write(uint64_t Address, const void *From,
                           size_t Bytes) const {
  const auto *At = static_cast<const char *>(From);
  while (Bytes > 0) {
    ssize_t Count = ::pwrite(Descriptor, At, Bytes, Address);
    if (Count < 0 && errno == EINTR)
      continue;
    if (Count == 0)
      return failure("the process has ended");
    if (Count < 0)
      return failure("cannot write its memory at 0x" + utohexstr(Address) +
                     ": " + std::strerror(errno) +
                     (errno == EIO || errno == EACCES
                          ? " (Linux's proc_mem.force_override may forbid it)"
                          : ""));
    At += Count;
    Address += Count;
    Bytes -= Count;
  }
  return Error::success();
}

} // namespace trace
