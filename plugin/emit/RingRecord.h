//===- RingRecord.h - a record in the thread's ring -----------------------===//
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

/// Writes into \p Record, whose parameters are the event's values and its
/// descriptor: if the event is wanted for a ring alone and there is room in the
/// thread's, records it (recording.h, trace_ring); else calls \p Library with
/// the same arguments. Without \p Library, the run time does it all: that needs
/// an event that is numbers (layout.h).
void writeRingRecord(llvm::Function &Record, const Event &E,
                     const RecordTarget &Target, llvm::Function *Library);

/// Whether the run time can do all for an event of this shape by its values.
bool areNumbers(const Event &E);

} // namespace trace

#endif
