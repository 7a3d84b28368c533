//===- Options.h - -fplugin-arg-trace-KEY=VALUE ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_OPTIONS_H
#define TRACE_PLUGIN_OPTIONS_H

#include <string>

namespace trace {

/// Where the nops of USDT probes stand.
enum class Usdt {
  Off,
  Slow, ///< On the slow path: they are reached while the event is enabled.
  Site, ///< At each site.
};

struct Options {
  std::string System;        ///< system=NAME: of points that name none.
  bool WarnArguments = true; ///< warn=off
  bool Hoist = true;         ///< hoist=off
  trace::Usdt Usdt = trace::Usdt::Slow; ///< usdt=off, usdt=site
  bool Linux = false;                   ///< abi=linux: Linux's own jump table.
  std::string EmitRust;                 ///< emit-rust=FILE
  bool Objtool = false;   ///< objtool=on: its x86 form that objtool rewrites.
  std::string KernelText; ///< emit-kernel=DIR: where TRACE_EVENTs are written.

  /// Trace points are events of the kernel that is compiled.
  bool kernelEvents() const { return Linux && !KernelText.empty(); }
};

} // namespace trace

#endif
