//===- RecordFunction.cpp - what records, for all events of one shape -----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RecordFunction.h"
#include "Parts.h"
#include "Payload.h"
#include "ProbeCalls.h"
#include "RingRecord.h"
#include "Shared.h"
#include "Thunk.h"
#include "lower/Target.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {

/// Of a record function without a body: what its body depends on, as the text
/// of an event that is nothing else; and whether it is to call probes.
static constexpr StringLiteral ShapeAttribute = "trace-record";
static constexpr StringLiteral ProbesAttribute = "trace-record-probes";

static Event shapeOf(const Event &E) {
  Event Shape;
  for (const Field &From : E.Fields) {
    Field &F = Shape.Fields.emplace_back();
    F.Kind = From.Kind;
    F.Size = From.Size;
    F.Signed = From.Signed;
    F.Form = From.Form;
    F.Count = From.Count;
    F.LengthField = From.LengthField;
  }
  return Shape;
}

static FunctionType *typeOf(const Event &E, Module &M) {
  SmallVector<Type *, 8> Types;
  for (const Field &F : E.Fields)
    append_range(Types, valueTypes(F, M));
  Types.push_back(PointerType::get(M.getContext(), 0));
  return FunctionType::get(Type::getVoidTy(M.getContext()), Types, false);
}

/// Asks the library for room, and tells it when the record is complete.
static void writeLibraryRecord(Function &F, const Event &E, bool CallsProbes) {
  LLVMContext &C = F.getContext();
  IRBuilder<> B(BasicBlock::Create(C, "entry", &F));
  Value *Descriptor = F.getArg(F.arg_size() - 1);
  if (CallsProbes)
    callProbes(B, F, E, Descriptor);
  Payload Fields(B, F, E, StringWay::Library);
  Value *Bytes = Fields.measure();
  Value *Room = callImage(B, "reserve", B.getPtrTy(), {Descriptor, Bytes});
  auto *Store = BasicBlock::Create(C, "store", &F);
  auto *Done = BasicBlock::Create(C, "done", &F);
  B.CreateCondBr(B.CreateIsNotNull(Room), Store, Done);
  B.SetInsertPoint(Store);
  Fields.store(Room);
  callImage(B, "commit", B.getVoidTy(), {Room});
  B.CreateBr(Done);
  B.SetInsertPoint(Done);
  B.CreateRetVoid();
}

Function &recordFunction(const Event &E, const Function &Declared) {
  Module &M = const_cast<Module &>(*Declared.getParent());
  bool CallsProbes = passesToProbes(E, Declared);
  std::string Shape = toText(shapeOf(E));
  std::string Name =
      "__trace_record_" + hashOf((CallsProbes ? "1" : "0") + Shape, Declared);
  if (Function *Existing = M.getFunction(Name))
    return *Existing;
  Function *Record = declareShared(M, typeOf(E, M), Name, Declared);
  Record->addFnAttr(ShapeAttribute, Shape);
  if (CallsProbes)
    Record->addFnAttr(ProbesAttribute);
  return *Record;
}

/// The library's way of \p Record, in its group.
static Function &libraryFunction(Function &Record, const Event &Shape,
                                 bool CallsProbes) {
  StringRef Name = Record.getName();
  Name.consume_front("__trace_record_");
  Function *Library =
      declareShared(*Record.getParent(), Record.getFunctionType(),
                    "__trace_library_" + Name, Record);
  share(*Library, Record.getName());
  skipOptimizer(*Library);
  writeLibraryRecord(*Library, Shape, CallsProbes);
  return *Library;
}

static void writeRecord(Function &Record) {
  Module &M = *Record.getParent();
  Expected<Event> Shape =
      fromText(Record.getFnAttribute(ShapeAttribute).getValueAsString());
  if (!Shape) {
    M.getContext().diagnose(DiagnosticInfoUnsupported(
        Record, "trace point: unreadable shape, from another release of the "
                "plugin? " +
                    toString(Shape.takeError())));
    return;
  }
  bool CallsProbes = Record.hasFnAttribute(ProbesAttribute);
  Record.removeFnAttr(ShapeAttribute);
  Record.removeFnAttr(ProbesAttribute);
  share(Record, Record.getName());
  const Target *Row = targetOf(Record);
  if (!Row || !Row->record.known)
    return writeLibraryRecord(Record, *Shape, CallsProbes);
  // What calls no probes may have a thunk that does.
  bool HasLibrary = !CallsProbes || !areNumbers(*Shape);
  Function *Library =
      HasLibrary ? &libraryFunction(Record, *Shape, CallsProbes) : nullptr;
  // A few stores between two calls leave nothing to optimise.
  if (none_of(Shape->Fields, hasHead))
    skipOptimizer(Record);
  writeRingRecord(Record, *Shape, Row->record, Library);
}

bool writeRecordFunctions(Module &M) {
  SmallVector<Function *, 32> Records;
  for (Function &F : M)
    if (F.hasFnAttribute(ShapeAttribute))
      Records.push_back(&F);
  for (Function *Record : Records)
    writeRecord(*Record);
  return !Records.empty();
}

} // namespace trace
