//===- RingRecord.cpp - a record in the thread's ring ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RingRecord.h"
#include "Payload.h"
#include "RingCommit.h"
#include "RingReserve.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {

static CallInst *call(IRBuilder<> &B, Function &Callee,
                      ArrayRef<Value *> Arguments) {
  CallInst *Call = B.CreateCall(&Callee, Arguments);
  Call->setCallingConv(Callee.getCallingConv());
  Call->setDoesNotThrow();
  return Call;
}

void writeRingRecord(Function &Record, const Event &E,
                     const RecordTarget &Target, Function &Library) {
  LLVMContext &C = Record.getContext();
  auto *Store = BasicBlock::Create(C, "store"),
       *Otherwise = BasicBlock::Create(C, "library");
  IRBuilder<> B(BasicBlock::Create(C, "entry", &Record));
  SmallVector<Value *, 8> Arguments(make_pointer_range(Record.args()));
  Payload Fields(B, Record, E, StringWay::Inline);
  Value *Bytes = Fields.measure();
  Value *At = call(B, ringReserve(Record, Target), {Arguments.back(), Bytes});
  B.CreateCondBr(B.CreateIsNotNull(At), Store, Otherwise,
                 MDBuilder(C).createLikelyBranchWeights());

  Store->insertInto(&Record);
  B.SetInsertPoint(Store);
  Fields.store(At);
  call(B, ringCommit(Record, Target), {At, Bytes})->setTailCall();
  B.CreateRetVoid();

  Otherwise->insertInto(&Record);
  B.SetInsertPoint(Otherwise);
  call(B, Library, Arguments)->setTailCall();
  B.CreateRetVoid();
}

} // namespace trace
