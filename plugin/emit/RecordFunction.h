//===- RecordFunction.h - what records, for all events of one shape -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_RECORDFUNCTION_H
#define TRACE_PLUGIN_EMIT_RECORDFUNCTION_H

#include "Event.h"

namespace llvm {
class Function;
class Module;
} // namespace llvm

namespace trace {

/// void(values..., descriptor), in C's convention: records an event that has
/// values as \p E has, for code like that of \p Declared. Events whose values
/// are recorded by the same code share one in an image. It has no body yet.
llvm::Function &recordFunction(const Event &E, const llvm::Function &Declared);

/// Writes the bodies, as code generation wants them. To be called when LLVM's
/// optimiser is through: it would find nothing in them, and take longer than
/// for all else of an event. False if there are none.
bool writeRecordFunctions(llvm::Module &M);

} // namespace trace

#endif
