//===- process.h - A running process, from outside --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_ATTACH_PROCESS_H
#define TRACE_TOOL_ATTACH_PROCESS_H

#include "image.h"
#include <memory>
#include <optional>

namespace trace {

/// A running process with trace points and, where it has one, its run-time
/// library's block.
class AttachedProcess {
public:
  /// Fails by name: not permitted, another ABI, no trace points.
  static llvm::Expected<std::unique_ptr<AttachedProcess>> open(pid_t Pid);
  ~AttachedProcess();
  AttachedProcess(const AttachedProcess &) = delete;

  /// Fails by name where its events can't be switched: it has no run-time
  /// library, or one of another release.
  llvm::Error requireRuntime();

  /// A member of the block.
  template <typename T> llvm::Expected<T> get(T trace_attach::*Member) const {
    return Memory.read<T>(addressOf(Member));
  }
  template <typename T>
  llvm::Error set(T trace_attach::*Member, const T &Value) const {
    return Memory.write(addressOf(Member), Value);
  }

  /// A member that is an array, and one element of it.
  template <typename T, size_t N>
  llvm::Error getArray(T (trace_attach::*Member)[N], T (&Into)[N]) const {
    return Memory.read(addressOf(Member), &Into, sizeof Into);
  }
  template <typename T, size_t N>
  llvm::Error setElement(T (trace_attach::*Member)[N], size_t Index,
                         const T &Value) const {
    return Memory.write(addressOf(Member) + Index * sizeof(T), Value);
  }

  /// Waits until no thread uses a recording's files or a filter; for some
  /// seconds. False: one still does, or we do not know.
  bool waitForUsers() const;

  /// The rules that its library has not taken yet.
  llvm::Expected<std::string> rules() const;
  llvm::Error setRules(llvm::StringRef Text) const;

  /// A text of the block, to its NUL.
  llvm::Expected<std::string> directory() const;
  llvm::Error setDirectory(llvm::StringRef Path) const;
  /// Where it records by itself; empty: nowhere.
  llvm::Expected<std::string> ownRecording() const;

  llvm::Expected<trace_key> key(const LiveEvent &E) const {
    return Memory.read<trace_key>(E.Described.Key);
  }

  /// As the kernel sees it here, and as it sees itself (its pid namespace's).
  const pid_t Pid;
  pid_t SeenPid = 0;
  ProcessMemory Memory;
  std::vector<LiveImage> Images;
  std::vector<std::string> Refused;

private:
  AttachedProcess(pid_t Pid, ProcessMemory Memory)
      : Pid(Pid), Memory(std::move(Memory)) {}

  template <typename T> uint64_t addressOf(T trace_attach::*Member) const {
    static const trace_attach Layout = {};
    return Block + (reinterpret_cast<const char *>(&(Layout.*Member)) -
                    reinterpret_cast<const char *>(&Layout));
  }
  llvm::Expected<std::string> text(uint64_t Address, size_t BytesMax) const;

  std::vector<LiveRuntime> Runtimes;
  uint64_t Block = 0;
};

/// An flock of a directory of /proc/PID: at most one tool has it, and one that
/// is killed has it no more.
class ProcessLock {
public:
  ~ProcessLock();
  ProcessLock() = default;
  ProcessLock(const ProcessLock &) = delete;

  /// Waits for at most so long. False: another has it.
  llvm::Expected<bool> take(pid_t Pid, llvm::StringRef Directory,
                            unsigned Milliseconds);
  void release();

private:
  int Descriptor = -1;
};

} // namespace trace

#endif
