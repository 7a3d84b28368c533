//===- RingReserve.cpp - a record's beginning -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RingReserve.h"
#include "RingCode.h"
#include "Shared.h"
#include "lower/Target.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {
namespace {

class RingReserve : RingCode {
public:
  RingReserve(Function &F, const RecordTarget &Target)
      : RingCode(F, Target), Library(block("library")) {}

  void write() {
    Value *Wanted = requireRing(F.getArg(0), Library);
    Value *Bytes = B.CreateAdd(F.getArg(1), word(TRACE_RECORD_BYTES));
    Ring = loadRingOfThread();
    reserve(Bytes);
    Value *Record = B.CreateIntToPtr(Begin, B.getPtrTy());
    storeHead(Record, Wanted);
    B.CreateRet(B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Record,
                                             TRACE_RECORD_BYTES));
    B.SetInsertPoint(Library);
    B.CreateRet(ConstantPointerNull::get(B.getPtrTy()));
  }

private:
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
    require(B.CreateICmpUGE(Room, Bytes), Library, "stamp");
    Time = readCounter();
    require(exchangeTail(B.CreateAdd(Begin, Bytes, "end")), Loop, "store");
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

  void storeHead(Value *Record, Value *Wanted) {
    auto Put = [&](Value *V, unsigned At) {
      B.CreateAlignedStore(
          V, B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Record, At), Align(1));
    };
    Value *Cpu = load(threadAddress("cpu_offset"), B.getInt32Ty(), "cpu");
    Put(Time, TRACE_RECORD_AT_timestamp);
    Put(B.CreateLShr(Wanted, TRACE_WANTED_BITS), TRACE_RECORD_AT_id);
    Put(B.CreateTrunc(Cpu, B.getInt16Ty()), TRACE_RECORD_AT_cpu);
  }

  BasicBlock *Library;
  Value *Begin = nullptr, *Time = nullptr;
};

void addFeatures(Function &F, StringRef Features) {
  StringRef Has = F.getFnAttribute("target-features").getValueAsString();
  ListSeparator Comma(",");
  std::string All;
  for (StringRef Some : {Has, Features})
    if (!Some.empty())
      (All += Comma) += Some;
  F.addFnAttr("target-features", All);
}

} // namespace

Function &ringReserve(const Function &Like, const RecordTarget &Target) {
  LLVMContext &C = Like.getContext();
  Type *Pointer = PointerType::get(C, 0);
  CallingConv::ID Convention = slowCallConvention(Like);
  return sharedFunction(
      Convention == CallingConv::C ? "__trace_reserve_c_"
                                   : "__trace_reserve_pm_",
      FunctionType::get(Pointer, {Pointer, Type::getInt64Ty(C)}, false), Like,
      [&](Function &F) {
        F.setCallingConv(Convention);
        addFeatures(F, Target.features);
        RingReserve(F, Target).write();
      });
}

} // namespace trace
