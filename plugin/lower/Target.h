//===- Target.h - the facts of the architecture that we compile for -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LOWER_TARGET_H
#define TRACE_PLUGIN_LOWER_TARGET_H

#include "llvm/ADT/StringRef.h"
#include "llvm/IR/CallingConv.h"
#include "llvm/TargetParser/Triple.h"

namespace trace {

/// What a site looks like in assembly. In the texts, $L stands for the label of
/// the site's other side.
struct TargetFacts {
  llvm::Triple::ArchType Arch;
  llvm::StringLiteral Align; ///< Before the site; nothing runs in the padding.
  llvm::StringLiteral Nop;
  llvm::StringLiteral Jump;
  llvm::StringLiteral Pointer; ///< Directive for an address-sized number.
  unsigned PointerBytes;
  /// What the slow path's call uses, so that it costs the fast path nothing.
  llvm::CallingConv::ID SlowCall;
};

/// The row of \p T, or null: then sites load and test their key.
const TargetFacts *factsOf(const llvm::Triple &T);

} // namespace trace

#endif
