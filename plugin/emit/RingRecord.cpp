//===- RingRecord.cpp - a record without a call ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RingRecord.h"
#include "Compat.h"
#include "Payload.h"
#include "trace/recording.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {
namespace {

/// The numbers of trace_ring's members, which are all words.
namespace ring {
enum : unsigned {
#define MEMBER(Type, Name) Name,
  TRACE_RING(MEMBER)
#undef MEMBER
};
} // namespace ring

class RingRecord {
public:
  RingRecord(Function &F, const Event &E, const RecordTarget &Target,
             Function &Library)
      : F(F), E(E), Target(Target), Library(Library),
        B(BasicBlock::Create(F.getContext(), "entry", &F)),
        Word(B.getInt64Ty()), Call(block("library")), Done(block("done")) {}

  void write() {
    Value *Wanted = readWanted();
    Payload Fields(B, F, E, StringWay::Inline);
    Value *Bytes = B.CreateAdd(Fields.measure(), word(TRACE_RECORD_BYTES));
    Ring = B.CreateLoad(B.getPtrTy(), threadAddress("ring_offset"), "ring");
    reserve(Bytes);
    storeHead(B.CreateLShr(Wanted, TRACE_WANTED_BITS));
    Value *Record = B.CreateIntToPtr(Begin, B.getPtrTy());
    Fields.store(B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Record,
                                              TRACE_RECORD_BYTES));
    commit();
    writeLibraryCall();
  }

private:
  BasicBlock *block(const Twine &Name) {
    return BasicBlock::Create(F.getContext(), Name, &F);
  }
  ConstantInt *word(uint64_t N) { return ConstantInt::get(B.getInt64Ty(), N); }

  /// Goes on in a new block if \p Condition, which is likely.
  void require(Value *Condition, BasicBlock *Otherwise, const Twine &Name) {
    BasicBlock *Next = block(Name);
    B.CreateCondBr(Condition, Next, Otherwise,
                   MDBuilder(F.getContext()).createLikelyBranchWeights());
    B.SetInsertPoint(Next);
  }

  /// A load and store that the compiler leaves where they are: signal handlers
  /// and the library change the ring, too.
  Value *load(Value *From, Type *T, const Twine &Name) {
    LoadInst *L = B.CreateLoad(T, From, Name);
    L->setAtomic(AtomicOrdering::Monotonic);
    return L;
  }
  void store(Value *V, Value *To, AtomicOrdering Order) {
    B.CreateAlignedStore(V, To, Align(8))->setAtomic(Order);
  }
  Value *memberOfRing(unsigned Index) {
    return B.CreateConstInBoundsGEP1_64(Word, Ring, Index);
  }
  Value *loadRing(unsigned Index, const Twine &Name) {
    return load(memberOfRing(Index), Word, Name);
  }

  Value *readWanted() {
    Value *At = wantedOf(B, F.getArg(F.arg_size() - 1));
    Value *Wanted = load(At, B.getInt32Ty(), "wanted");
    Value *Who = B.CreateAnd(Wanted, TRACE_WANTED_MASK);
    require(B.CreateICmpEQ(Who, B.getInt32(TRACE_WANTED_RECORD)), Call, "ring");
    return Wanted;
  }

  /// The address of a variable of the thread, whose offset from the thread
  /// pointer is in the image's record: initial-exec's own sequence.
  Value *threadAddress(StringRef Member) {
    Value *Offset = B.CreateSExt(loadImage(B, Member), Word);
    if (Target.thread_space)
      return B.CreateIntToPtr(
          Offset, PointerType::get(F.getContext(), Target.thread_space));
    return B.CreateInBoundsGEP(B.getInt8Ty(), createThreadPointer(B), Offset);
  }

  Value *readCounter() {
    auto *Read = InlineAsm::get(FunctionType::get(Word, false), Target.counter,
                                Target.counter_constraints,
                                /*hasSideEffects=*/true);
    return B.CreateCall(Read);
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

  void storeHead(Value *Id) {
    Value *Record = B.CreateIntToPtr(Begin, B.getPtrTy());
    auto Put = [&](Value *V, unsigned At) {
      B.CreateAlignedStore(
          V, B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Record, At), Align(1));
    };
    Value *Cpu = load(threadAddress("cpu_offset"), B.getInt32Ty(), "cpu");
    Put(Time, TRACE_RECORD_AT_timestamp);
    Put(Id, TRACE_RECORD_AT_id);
    Put(B.CreateTrunc(Cpu, B.getInt16Ty()), TRACE_RECORD_AT_cpu);
  }

  // if (published == p) {
  //   timestamp_end = t
  //   content_size = q - packet, with q = p + n
  //   published = q
  //   if (tail != q) library: commit q
  // }
  void commit() {
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
    commitNested();
  }

  /// What signal handlers' events reserved behind this one before it was
  /// published: the library does as if it were a record of its own.
  void commitNested() {
    BasicBlock *Nested = block("nested");
    B.CreateCondBr(B.CreateICmpEQ(loadRing(ring::tail, "tail"), End), Done,
                   Nested,
                   MDBuilder(F.getContext()).createLikelyBranchWeights());
    B.SetInsertPoint(Nested);
    Value *Payload = B.CreateIntToPtr(
        B.CreateAdd(End, word(TRACE_RECORD_BYTES)), B.getPtrTy());
    callImage(B, "commit", B.getVoidTy(), {Payload});
    B.CreateBr(Done);
  }

  void writeLibraryCall() {
    B.SetInsertPoint(Call);
    SmallVector<Value *, 8> Arguments(make_pointer_range(F.args()));
    CallInst *Way = B.CreateCall(&Library, Arguments);
    Way->setCallingConv(Library.getCallingConv());
    Way->setDoesNotThrow();
    B.CreateBr(Done);
    B.SetInsertPoint(Done);
    B.CreateRetVoid();
  }

  Function &F;
  const Event &E;
  const RecordTarget &Target;
  Function &Library;
  IRBuilder<> B;
  Type *Word;
  BasicBlock *Call, *Done;
  Value *Ring = nullptr, *Begin = nullptr, *End = nullptr, *Time = nullptr;
};

} // namespace

void writeRingRecord(Function &Record, const Event &E,
                     const RecordTarget &Target, Function &Library) {
  // Its loops are no strlen and no memcpy: those are calls.
  Record.addFnAttr("no-builtins");
  RingRecord(Record, E, Target, Library).write();
}

} // namespace trace
