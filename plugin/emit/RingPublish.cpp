//===- RingPublish.cpp - a record's end -----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RingPublish.h"
#include "RingCode.h"
#include "Shared.h"

using namespace llvm;

namespace trace {
namespace {

class RingPublish : RingCode {
public:
  RingPublish(Function &F, const RecordTarget &Target) : RingCode(F, Target) {}

  // if (published == begin) {
  //   timestamp_end = time
  //   content_size = end - packet
  //   published = end
  //   if (tail != end) library: commit end
  // }
  void write() {
    BasicBlock *Done = block("done");
    Value *Payload = F.getArg(0), *Bytes = F.getArg(1);
    Value *Record = B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Payload,
                                                 -int64_t{TRACE_RECORD_BYTES});
    Ring = loadRingOfThread();
    Value *Begin = B.CreatePtrToInt(Record, Word);
    require(B.CreateICmpEQ(loadRing(ring::published, "published"), Begin), Done,
            "publish");
    Value *End = B.CreateAdd(B.CreatePtrToInt(Payload, Word), Bytes, "end");
    Value *PacketWord = loadRing(ring::packet, "packet");
    Value *Packet = B.CreateIntToPtr(PacketWord, B.getPtrTy());
    auto Member = [&](unsigned At) {
      return B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Packet, At);
    };
    static_assert(TRACE_RECORD_AT_timestamp == 0);
    Value *Time = B.CreateAlignedLoad(Word, Record, Align(1), "time");
    store(Time, Member(offsetof(trace_packet, timestamp_end)),
          AtomicOrdering::Monotonic);
    Value *Content = B.CreateShl(B.CreateSub(End, PacketWord), 3);
    store(Content, Member(offsetof(trace_packet, content_size)),
          AtomicOrdering::Release);
    store(End, memberOfRing(ring::published), AtomicOrdering::Release);
    B.CreateFence(AtomicOrdering::SequentiallyConsistent,
                  SyncScope::SingleThread);
    commitNested(End, Done);
    B.SetInsertPoint(Done);
    B.CreateRetVoid();
  }

private:
  /// What signal handlers' events reserved behind this one before it was
  /// published: the library does as if it were a record of its own.
  void commitNested(Value *End, BasicBlock *Done) {
    BasicBlock *Nested = block("nested");
    B.CreateCondBr(B.CreateICmpEQ(loadRing(ring::tail, "tail"), End), Done,
                   Nested,
                   MDBuilder(F.getContext()).createLikelyBranchWeights());
    B.SetInsertPoint(Nested);
    Value *Payload = B.CreateIntToPtr(
        B.CreateAdd(End, word(TRACE_RECORD_BYTES)), B.getPtrTy());
    callImage(B, "commit", B.getVoidTy(), {Payload})->setTailCall();
    B.CreateRetVoid();
  }
};

} // namespace

Function &ringPublish(const Function &Like, const RecordTarget &Target) {
  LLVMContext &C = Like.getContext();
  return sharedFunction(
      "__trace_publish_",
      FunctionType::get(Type::getVoidTy(C),
                        {PointerType::get(C, 0), Type::getInt64Ty(C)}, false),
      Like, [&](Function &F) { RingPublish(F, Target).write(); });
}

} // namespace trace
