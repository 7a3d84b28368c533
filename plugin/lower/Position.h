//===- Position.h - where in its block a site stands ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LOWER_POSITION_H
#define TRACE_PLUGIN_LOWER_POSITION_H

#include "llvm/ADT/SetVector.h"

namespace llvm {
class BasicBlock;
class BranchInst;
class CallInst;
} // namespace llvm

namespace trace {

/// What runs only while a site is on.
using SlowBlocks = llvm::SmallSetVector<llvm::BasicBlock *, 8>;

/// The blocks that control reaches from \p First, which \p From branches to,
/// and that it reaches in no other way than through \p First. Empty if any of
/// them leads to another block than \p Rest.
SlowBlocks slowBlocks(llvm::BasicBlock &First, const llvm::BasicBlock &From,
                      const llvm::BasicBlock &Rest);

/// A site ends a block, and what is computed before it must be kept in
/// registers for what follows. So it moves up, before all that only computes:
///
///     x = a * b            check → slow: x' = a * b, record(x')
///     check → slow    of it             ◀─┘
///     y = x + c            x = a * b
///                          y = x + c
///
/// which leaves the fast path in one piece, as it was without the site. Stays
/// behind whatever touches memory: a probe may read and write it.
void moveUp(llvm::CallInst &Check, llvm::BranchInst &Branch);

} // namespace trace

#endif
