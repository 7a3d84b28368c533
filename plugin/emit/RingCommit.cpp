//===- RingCommit.cpp - a record's end ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RingCommit.h"
#include "RingCode.h"

using namespace llvm;

namespace trace {
namespace {

class RingCommit : RingCode {
public:
  RingCommit(Function &F, const RecordTarget &Target)
      : RingCode(F, Target), Begin(F.getArg(1)), End(F.getArg(2)),
        Time(F.getArg(3)), Wanted(F.getArg(4)) {
    Ring = F.getArg(0);
  }

  void write() {
    storeHead();
    publish();
  }

private:
  void storeHead() {
    Value *Record = B.CreateIntToPtr(Begin, B.getPtrTy());
    auto Put = [&](Value *V, unsigned At) {
      B.CreateAlignedStore(
          V, B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Record, At), Align(1));
    };
    Value *Cpu = load(threadAddress("cpu_offset"), B.getInt32Ty(), "cpu");
    Put(Time, TRACE_RECORD_AT_timestamp);
    Put(B.CreateLShr(Wanted, TRACE_WANTED_BITS), TRACE_RECORD_AT_id);
    Put(B.CreateTrunc(Cpu, B.getInt16Ty()), TRACE_RECORD_AT_cpu);
  }

  // if (published == begin) {
  //   timestamp_end = time
  //   content_size = end - packet
  //   published = end
  //   if (tail != end) library: commit end
  // }
  void publish() {
    BasicBlock *Done = block("done");
    require(B.CreateICmpEQ(loadRing(ring::published, "published"), Begin), Done,
            "commit");
    Value *PacketWord = loadRing(ring::packet, "packet");
    Value *Packet = B.CreateIntToPtr(PacketWord, B.getPtrTy());
    auto Member = [&](unsigned At) {
      return B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Packet, At);
    };
    store(Time, Member(offsetof(trace_packet, timestamp_end)),
          AtomicOrdering::Monotonic);
    Value *Content = B.CreateShl(B.CreateSub(End, PacketWord), 3);
    store(Content, Member(offsetof(trace_packet, content_size)),
          AtomicOrdering::Release);
    store(End, memberOfRing(ring::published), AtomicOrdering::Release);
    B.CreateFence(AtomicOrdering::SequentiallyConsistent,
                  SyncScope::SingleThread);
    commitNested(Done);
    B.SetInsertPoint(Done);
    B.CreateRetVoid();
  }

  /// What signal handlers' events reserved behind this one before it was
  /// published: the library does as if it were a record of its own.
  void commitNested(BasicBlock *Done) {
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

  Value *Begin, *End, *Time, *Wanted;
};

} // namespace

FunctionType *ringCommitType(LLVMContext &C) {
  Type *Word = Type::getInt64Ty(C);
  return FunctionType::get(
      Type::getVoidTy(C),
      {PointerType::get(C, 0), Word, Word, Word, Type::getInt32Ty(C)}, false);
}

void writeRingCommit(Function &Commit, const RecordTarget &Target) {
  RingCommit(Commit, Target).write();
}

} // namespace trace
