//===- memory.h - Another process's memory ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_ATTACH_MEMORY_H
#define TRACE_TOOL_ATTACH_MEMORY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Error.h"
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace trace {

/// The memory of a process, by /proc/PID/mem: no thread of it is stopped, and
/// none of its system calls ends for that. Code is written without becoming
/// writable for the process.
class ProcessMemory {
public:
  /// Fails by name where the process is not ours to change.
  static llvm::Expected<ProcessMemory> open(pid_t Pid);
  ProcessMemory(ProcessMemory &&Other) noexcept : Descriptor(Other.Descriptor) {
    Other.Descriptor = -1;
  }
  ~ProcessMemory();

  llvm::Error read(uint64_t Address, void *Into, size_t Bytes) const;
  llvm::Error write(uint64_t Address, const void *From, size_t Bytes) const;

  template <typename T> llvm::Expected<T> read(uint64_t Address) const {
    T Value;
    if (llvm::Error E = read(Address, &Value, sizeof(T)))
      return E;
    return Value;
  }
  template <typename T>
  llvm::Error write(uint64_t Address, const T &Value) const {
    return write(Address, &Value, sizeof Value);
  }

private:
  explicit ProcessMemory(int Descriptor) : Descriptor(Descriptor) {}
  int Descriptor;
};

/// A copy of the pages that are read through it, as they were at the first
/// read: many small reads of neighbours are one call. For a moment.
class PageCache {
public:
  explicit PageCache(const ProcessMemory &Memory) : Memory(Memory) {}
  llvm::Error read(uint64_t Address, void *Into, size_t Bytes);

private:
  static constexpr uint64_t PageBytes = 4096; // the least there is
  const ProcessMemory &Memory;
  using Page = std::array<char, PageBytes>;
  llvm::DenseMap<uint64_t, std::unique_ptr<Page>> Pages;
};

/// "/proc/PID/" and `Name`.
std::string procPath(pid_t Pid, llvm::StringRef Name);

/// The rest of the line of /proc/PID/status that begins with `Name` and a
/// colon; empty: there is none.
std::string statusOf(pid_t Pid, llvm::StringRef Name);

/// A whole file of /proc; empty: not readable.
std::string readProc(const std::string &Path);

} // namespace trace

#endif
