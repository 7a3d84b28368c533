//===- RingCommit.h - a record's end --------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_PLUGIN_EMIT_RINGCOMMIT_H
#define TRACE_PLUGIN_EMIT_RINGCOMMIT_H

namespace llvm {
class Function;
class FunctionType;
class LLVMContext;
} // namespace llvm

namespace trace {

struct RecordTarget;

/// void(ring, begin, end, time, wanted): writes the head of a record, which
/// lies in `ring` from `begin` to `end` and has all else, and publishes it. The
/// same for records of every shape.
llvm::FunctionType *ringCommitType(llvm::LLVMContext &C);
void writeRingCommit(llvm::Function &Commit, const RecordTarget &Target);

} // namespace trace

#endif
