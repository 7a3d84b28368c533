//===- RingRecord.cpp - a record in the thread's ring ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RingRecord.h"
#include "Payload.h"
#include "RingCode.h"
#include "RingPublish.h"
#include "RingReserve.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {
namespace {

class RingRecord : RingCode {
public:
  RingRecord(Function &F, const RecordTarget &Target) : RingCode(F, Target) {}

  // if (strings, and wanted by others than the ring) library
  // p = reserve(descriptor, bytes); if (!p) library
  // store at p
  // publish(p, bytes)
  void write(const Event &E, Function *Library) {
    BasicBlock *Otherwise = block("library");
    SmallVector<Value *, 8> Arguments(make_pointer_range(F.args()));
    Value *Descriptor = Arguments.back();
    // They may be bad pointers then, and are measured before there is room.
    if (any_of(E.Fields, hasHead))
      requireRing(Descriptor, Otherwise);
    Payload Fields(B, F, E, StringWay::Inline);
    Value *Bytes = Fields.measure();
    Value *Room = call(ringReserve(F, Target), {Descriptor, Bytes});
    require(B.CreateIsNotNull(Room), Otherwise, "store");
    Fields.store(Room);
    call(ringPublish(F, Target), {Room, Bytes})->setTailCall();
    B.CreateRetVoid();
    B.SetInsertPoint(Otherwise);
    if (Library)
      call(*Library, Arguments)->setTailCall();
    else
      passNumbers(E, Descriptor);
    B.CreateRetVoid();
  }

private:
  void passNumbers(const Event &E, Value *Descriptor) {
    SmallVector<Value *, 1 + TRACE_NUMBERS_MAX> Passed = {Descriptor};
    for (auto [Field, A] : zip_first(E.Fields, make_pointer_range(F.args())))
      Passed.push_back(A->getType()->isPointerTy()
                           ? B.CreatePtrToInt(A, Word)
                           : B.CreateIntCast(A, Word, Field.Signed));
    Passed.resize(1 + TRACE_NUMBERS_MAX, PoisonValue::get(Word));
    callImage(B, "numbers", B.getVoidTy(), Passed)->setTailCall();
  }

  CallInst *call(Function &Callee, ArrayRef<Value *> Arguments) {
    CallInst *Call = B.CreateCall(&Callee, Arguments);
    Call->setCallingConv(Callee.getCallingConv());
    Call->setDoesNotThrow();
    return Call;
  }
};

} // namespace

void writeRingRecord(Function &Record, const Event &E,
                     const RecordTarget &Target, Function *Library) {
  // Its loops are no strlen and no memcpy: those are calls.
  Record.addFnAttr("no-builtins");
  RingRecord(Record, Target).write(E, Library);
}

bool areNumbers(const Event &E) {
  return E.Fields.size() <= TRACE_NUMBERS_MAX &&
         all_of(E.Fields, [](const Field &F) {
           return F.Form == Shape::One && F.Kind != TRACE_FIELD_FLOAT &&
                  F.Kind != TRACE_FIELD_STRING;
         });
}

} // namespace trace
