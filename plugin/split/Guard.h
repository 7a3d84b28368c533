//===- Guard.h - a call and what only it needs, behind a check ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_SPLIT_GUARD_H
#define TRACE_PLUGIN_SPLIT_GUARD_H

#include "Purity.h"
#include "llvm/ADT/SmallVector.h"

namespace llvm {
class BranchInst;
class CallInst;
class Value;
} // namespace llvm

namespace trace {

/// Makes
///
///     values for the call                       br i1 <condition>, slow, rest
///     call(values)            of it       slow: values for the call
///     rest                                      call(values)
///                                               br rest
///
/// \p Call is in \p slow with the instructions that nothing else needs and that
/// have no effect but their value. Arguments that branch (`p ? p->x : 0`) go
/// there with all their blocks. Returns the branch, whose condition is poison:
/// the caller puts its check before it.
llvm::BranchInst *guard(llvm::CallInst &Call, Purity &P);

/// The argument of \p Call whose value comes from a call that may have effects,
/// and so was left before the branch; appended to \p Arguments.
void findEffects(const llvm::CallInst &Call, Purity &P,
                 llvm::SmallVectorImpl<unsigned> &Arguments);

} // namespace trace

#endif
