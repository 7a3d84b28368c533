//===- image.h - The traced images of a process -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_ATTACH_IMAGE_H
#define TRACE_TOOL_ATTACH_IMAGE_H

#include "../event.h"
#include "memory.h"
#include "trace/attach.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace trace {

/// A place whose code is patched.
struct LiveSite {
  uint64_t Code, Target, Key;
  bool Branch; // its instruction is a jump exactly if enabled ^ Branch
};

/// An event, and its key.
struct LiveEvent {
  Event Described;  // with its sites
  uint64_t Address; // of its descriptor
  const trace_event *Descriptor;
  llvm::ArrayRef<LiveSite> Sites;
};

/// An executable or shared object as it lies in a process's memory, with what
/// runtime/image.h reads of it. Read from memory alone: its file may be
/// deleted, replaced, or in another mount namespace.
struct LiveImage {
  std::string Name;
  uint64_t Base = 0;
  uint64_t Record = 0; // trace_image
  std::vector<LiveEvent> Events;
  std::vector<LiveSite> Sites; // by key

  std::vector<uint64_t> Descriptors; // what the events point into
};

/// Where a run-time library keeps its block.
struct LiveRuntime {
  std::string Name;
  uint32_t Version = 0; // TRACE_ATTACH_VERSION, else of another release
  uint64_t Attach = 0;  // trace_attach
};

struct LiveImages {
  std::vector<LiveImage> Images;
  std::vector<LiveRuntime> Runtimes;
  /// What can't be traced and why.
  std::vector<std::string> Refused;
};

/// Looks through the process's mappings. Fails if they can't be read, or if the
/// program is one for another ABI.
llvm::Expected<LiveImages> readImages(pid_t Pid, const ProcessMemory &Memory);

} // namespace trace

#endif
