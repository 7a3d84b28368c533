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
} // namespace llvm

namespace trace {

/// void(values..., descriptor), in C's convention: records an event that has
/// values as \p E has, for code like that of \p Declared. Events whose values
/// are recorded by the same code share one in an image.
llvm::Function &recordFunction(const Event &E, const llvm::Function &Declared);

} // namespace trace

#endif
