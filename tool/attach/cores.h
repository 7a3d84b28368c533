//===- cores.h - Synchronising processors from outside ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_ATTACH_CORES_H
#define TRACE_TOOL_ATTACH_CORES_H

#include "llvm/Support/Error.h"
#include <sched.h>
#include <vector>

namespace trace {

/// Runs this thread on every processor in turn. So each thread of another
/// process has been off its processor in between, and came back through the
/// kernel: it has run an instruction that serialises (docs/attach.md). While
/// one exists the thread's affinity is not what it was.
class Cores {
public:
  /// Fails if the process's threads may run on a processor that we may not.
  static llvm::Expected<Cores> of(pid_t Pid);
  Cores(Cores &&Other) noexcept
      : Processors(std::move(Other.Processors)), Before(Other.Before) {
    Other.Processors.clear();
  }
  ~Cores();

  llvm::Error synchronise() const;

private:
  Cores() = default;
  std::vector<unsigned> Processors;
  cpu_set_t Before = {};
};

} // namespace trace

#endif
