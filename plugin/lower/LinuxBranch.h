//===- LinuxBranch.h - static branches as Linux writes them ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LOWER_LINUXBRANCH_H
#define TRACE_PLUGIN_LOWER_LINUXBRANCH_H

#include "Options.h"

namespace llvm {
class CallBrInst;
class Instruction;
class Module;
} // namespace llvm

namespace trace {

/// With abi=linux: gives each static branch of \p M the body that Linux's own
/// header gives arch_static_branch(), an always_inline `asm goto`. One phase,
/// and nothing moves: identity with what the header makes is the aim.
void defineLinuxBranches(llvm::Module &M, const Options &Opts);

/// Whether \p I is what defineLinuxBranches made.
bool isLinuxBranch(const llvm::Instruction &I);

/// False: there is none in \p M, and no need to look.
bool mayContainLinuxBranches(const llvm::Module &M);

/// Whether its key and branch are constants.
bool isConstantLinuxBranch(const llvm::CallBrInst &Branch);

/// Reports, at its line, a branch whose key or branch is no constant after
/// inlining.
void checkLinuxBranch(llvm::CallBrInst &Branch);

} // namespace trace

#endif
