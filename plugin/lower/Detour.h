//===- Detour.h - a slow path outside of its function ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_LOWER_DETOUR_H
#define TRACE_PLUGIN_LOWER_DETOUR_H

namespace llvm {
class BranchInst;
} // namespace llvm

namespace trace {

/// A call needs a frame, and LLVM's ShrinkWrap puts a function's frame where
/// all that needs it is covered. It holds most accesses to memory behind a call
/// for such, so that the slow path's call at the entry of a leaf function would
/// give the fast path a frame, too. There the slow path becomes a tail call of
/// a copy of the function,
///
///     f(a):  check → slow                f(a):  check → slow: return
///     f.trace(a)
///            rest               of it           rest
///     slow:  record; rest                f.trace(a):  record; rest
///
/// and the frame is the copy's. \p Branch is on the check and ends the entry
/// block.
void detourByTailCall(llvm::BranchInst &Branch);

} // namespace trace

#endif
