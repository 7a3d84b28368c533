//===- RingRecord.h - a record without a call -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_RINGRECORD_H
#define TRACE_PLUGIN_EMIT_RINGRECORD_H

#include "Event.h"
#include "trace/targets.h"
#include "llvm/IR/IRBuilder.h"

namespace trace {

/// Writes into \p Thunk, whose parameters are the event's fields: if the event
/// is wanted for a ring alone and there is room in the thread's, records it
/// (recording.h, trace_ring); else calls \p Library with the same arguments.
void writeRingRecord(llvm::Function &Thunk, const Event &E,
                     llvm::GlobalVariable *Key, const RecordTarget &Target,
                     llvm::Function &Library);

} // namespace trace

#endif
