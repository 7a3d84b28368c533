//===- RingReserve.h - a record's beginning -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_RINGRESERVE_H
#define TRACE_PLUGIN_EMIT_RINGRESERVE_H

namespace llvm {
class Function;
} // namespace llvm

namespace trace {

struct RecordTarget;

/// void *(descriptor, bytes): takes room for a record with `bytes` of payload
/// in the thread's ring and writes its head. Returns where the payload begins;
/// null: only the library can tell. The same for records of every shape.
///
/// It keeps its caller's registers, where the target can, since the event's
/// arguments are in them.
llvm::Function &ringReserve(const llvm::Function &Like,
                            const RecordTarget &Target);

} // namespace trace

#endif
