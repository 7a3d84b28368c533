//===- Places.h - the values of parameters, in their places --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_PLACES_H
#define TRACE_PLUGIN_EMIT_PLACES_H

#include "Event.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/IRBuilder.h"

namespace trace {

/// The values that the fields of \p E are recorded from, loaded from where the
/// parameters of \p F are: \p Places, one for each that is declared. An error
/// names a parameter that has none.
llvm::SmallVector<llvm::Value *, 8>
valuesAt(llvm::IRBuilder<> &B, llvm::Function &F, const Event &E,
         llvm::ArrayRef<llvm::Value *> Places);

} // namespace trace

#endif
