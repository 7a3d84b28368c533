//===- RingRecord.cpp - a record without a call ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RingRecord.h"
#include "Compat.h"
#include "Payload.h"
#include "RingCode.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {
namespace {

class RingRecord : RingCode {
public:
  RingRecord(Function &F, const Event &E, const RecordTarget &Target,
             Function &Library, Function &Commit)
      : RingCode(F, Target), E(E), Library(Library), Commit(Commit),
        Call(block("library")) {}

  void write() {
    Value *Wanted = readWanted();
    Payload Fields(B, F, E, StringWay::Inline);
    Value *Bytes = B.CreateAdd(Fields.measure(), word(TRACE_RECORD_BYTES));
    Ring = B.CreateLoad(B.getPtrTy(), threadAddress("ring_offset"), "ring");
    reserve(Bytes);
    Value *Record = B.CreateIntToPtr(Begin, B.getPtrTy());
    Fields.store(B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Record,
                                              TRACE_RECORD_BYTES));
    leaveBy(Commit, {Ring, Begin, End, Time, Wanted});
    B.SetInsertPoint(Call);
    leaveBy(Library, SmallVector<Value *, 8>(make_pointer_range(F.args())));
  }

private:
  Value *readWanted() {
    Value *At = wantedOf(B, F.getArg(F.arg_size() - 1));
    Value *Wanted = load(At, B.getInt32Ty(), "wanted");
    Value *Who = B.CreateAnd(Wanted, TRACE_WANTED_MASK);
    require(B.CreateICmpEQ(Who, B.getInt32(TRACE_WANTED_RECORD)), Call, "ring");
    return Wanted;
  }

  Value *readCounter() {
    auto *Type = FunctionType::get(Word, false);
    if (Target.counter_constraints.empty())
      return B.CreateCall(
          F.getParent()->getOrInsertFunction(Target.counter, Type));
    return B.CreateCall(InlineAsm::get(Type, Target.counter,
                                       Target.counter_constraints,
                                       /*hasSideEffects=*/true));
  }

  /// Whether `tail` was Begin, and is \p End now.
  Value *exchangeTail(Value *End) {
    Value *Tail = memberOfRing(ring::tail);
    if (Target.exchange.empty())
      return B.CreateExtractValue(
          B.CreateAtomicCmpXchg(
              Tail, Begin, End, Align(8), AtomicOrdering::Monotonic,
              AtomicOrdering::Monotonic, SyncScope::SingleThread),
          1);
    auto *Result = StructType::get(Word, B.getInt32Ty());
    auto *Exchange = InlineAsm::get(
        FunctionType::get(Result, {Word, B.getPtrTy(), Word}, false),
        Target.exchange, Target.exchange_constraints, /*hasSideEffects=*/true);
    return B.CreateIsNotNull(
        B.CreateExtractValue(B.CreateCall(Exchange, {End, Tail, Begin}), 1));
  }

  // do { p = tail; if (limit - p < n) library; t = clock; }
  // while (!compare_exchange(tail, p, p + n));
  void reserve(Value *Bytes) {
    BasicBlock *Loop = block("reserve");
    B.CreateBr(Loop);
    B.SetInsertPoint(Loop);
    Begin = loadRing(ring::tail, "begin");
    Value *Room = B.CreateSub(loadRing(ring::limit, "limit"), Begin);
    require(B.CreateICmpUGE(Room, Bytes), Call, "stamp");
    Time = readCounter();
    End = B.CreateAdd(Begin, Bytes, "end");
    require(exchangeTail(End), Loop, "store");
    countRecord();
  }

  void countRecord() {
    Value *Records = memberOfRing(ring::records);
    if (Target.increment.empty()) {
      B.CreateAtomicRMW(AtomicRMWInst::Add, Records, word(1), Align(8),
                        AtomicOrdering::Monotonic, SyncScope::SingleThread);
      return;
    }
    auto *Increment =
        InlineAsm::get(FunctionType::get(B.getVoidTy(), {B.getPtrTy()}, false),
                       Target.increment, Target.increment_constraints,
                       /*hasSideEffects=*/true);
    B.CreateCall(Increment, {Records});
  }

  const Event &E;
  Function &Library, &Commit;
  BasicBlock *Call;
  Value *Begin = nullptr, *End = nullptr, *Time = nullptr;
};

} // namespace

void writeRingRecord(Function &Record, const Event &E,
                     const RecordTarget &Target, Function &Library,
                     Function &Commit) {
  // Its loops are no strlen and no memcpy: those are calls.
  Record.addFnAttr("no-builtins");
  RingRecord(Record, E, Target, Library, Commit).write();
}

} // namespace trace
