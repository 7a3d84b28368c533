//===- program.h - What `run` has to know of a program ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_PROGRAM_H
#define TRACE_TOOL_PROGRAM_H

#include "llvm/Support/Error.h"
#include <string>

namespace trace {

enum class RuntimeNeed {
  Preload, // a dynamic program, or a script, whose interpreter is one
  Has,     // contains the run time or names it as needed: a second one is one
           // too many
  Cannot,  // static and without it
};

struct Program {
  std::string Path;
  RuntimeNeed Need = RuntimeNeed::Preload;
  /// The loader ignores LD_PRELOAD: why. Empty: it doesn't.
  std::string Privileged;
};

/// Finds `Name` as execvp(3) does. Errors carry ENOENT or EACCES.
llvm::Expected<std::string> findProgram(llvm::StringRef Name);

/// Fails for another architecture or layout version. A file that can't be
/// read or is no ELF file is taken for a script.
llvm::Expected<Program> inspectProgram(llvm::StringRef Path);

} // namespace trace

#endif
