//===- Collect.h - what the front end says of a module --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_COLLECT_COLLECT_H
#define TRACE_PLUGIN_COLLECT_COLLECT_H

#include "Event.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallVector.h"

namespace llvm {
class Function;
class Instruction;
class Module;
class Value;
} // namespace llvm

namespace trace {

/// What a call that names a key or an event stands for. Descriptor: the event's
/// descriptor; Probe: the one of two functions that it calls; the others are
/// static branches.
enum class BranchForm { Nop, Jump, OfEvent, Descriptor, Probe };

struct Collection {
  llvm::MapVector<llvm::Function *, Event> Points;
  llvm::MapVector<llvm::Function *, BranchForm> Branches;

  bool empty() const { return Points.empty() && Branches.empty(); }
};

/// Reads the annotations that carry trace points and static branches, and takes
/// them out of \p M: `llvm.global.annotations` keeps internal functions alive.
/// An annotation that can't be read is an error.
Collection collect(llvm::Module &M);

/// Where the parameters of \p F live at its entry, in their order, taken from
/// the `llvm.var.annotation` calls that clang made of the parameters'
/// annotations; removes these. \p Next is set to what follows the last of them:
/// there all parameters are in their places.
llvm::SmallVector<llvm::Value *, 8> takeParameters(llvm::Function &F,
                                                   llvm::Instruction *&Next);

} // namespace trace

#endif
