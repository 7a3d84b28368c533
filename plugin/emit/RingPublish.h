//===- RingPublish.h - a record's end -------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_RINGPUBLISH_H
#define TRACE_PLUGIN_EMIT_RINGPUBLISH_H

namespace llvm {
class Function;
} // namespace llvm

namespace trace {

struct RecordTarget;

/// void(payload, bytes): publishes the record whose payload, of `bytes`, the
/// ring's reserve function returned. The same for records of every shape.
llvm::Function &ringPublish(const llvm::Function &Like,
                            const RecordTarget &Target);

} // namespace trace

#endif
