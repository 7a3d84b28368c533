//===- Text.h - events in the text of Linux's macros ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LINUX_TEXT_H
#define TRACE_PLUGIN_LINUX_TEXT_H

#include "Description.h"
#include "llvm/ADT/ArrayRef.h"

namespace trace {

/// The events of one system that one file declares.
struct LinuxGroup {
  std::string System;
  std::string Stem;   ///< Of the files that are written: STEM.h.
  std::string Source; ///< The file that declares them.
  bool Main = false;  ///< That is the file that is compiled.
  std::vector<LinuxEvent> Events;
};

/// The header with a TRACE_EVENT for each event, to be included as any below
/// include/trace/events of Linux.
std::string headerText(const LinuxGroup &Group);

/// The source that defines the events for callers in Rust.
std::string definitionText(const LinuxGroup &Group);

/// declare_trace! and a function for each event.
std::string rustText(const LinuxGroup &Group);

/// What \p Group's own source is to end in: its header, included from \p Path,
/// and functions that take the place of the events' calls (Sites.h).
std::string siteText(const LinuxGroup &Group, llvm::StringRef Path);

/// The first words of each file; one without them is not ours to write.
inline constexpr llvm::StringLiteral MadeBy = "Made by the trace plugin from ";

} // namespace trace

#endif
