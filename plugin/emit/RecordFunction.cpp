//===- RecordFunction.cpp - what records, for all events of one shape -----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RecordFunction.h"
#include "Members.h"
#include "Parts.h"
#include "Payload.h"
#include "ProbeCalls.h"
#include "RingRecord.h"
#include "Thunk.h"
#include "lower/Target.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace trace {

/// Of all that the code depends on. The processor, too: of several translation
/// units' functions an image keeps any.
static std::string shapeName(const Event &E, const Function &Declared) {
  std::string Text;
  raw_string_ostream OS(Text);
  OS << TRACE_LAYOUT_VERSION << passesToProbes(E, Declared);
  for (const Field &F : E.Fields)
    OS << ';' << F.Kind << ',' << F.Size << F.Signed << static_cast<int>(F.Form)
       << F.Count << ',' << F.LengthField.value_or(E.Fields.size());
  for (StringRef Name : targetAttributes())
    OS << ';' << Declared.getFnAttribute(Name).getValueAsString();
  std::string Name;
  raw_string_ostream(Name) << format_hex_no_prefix(xxh3_64bits(Text), 16);
  return Name;
}

static Function *declare(Module &M, FunctionType *Type, const Twine &Name,
                         Comdat *Group, const Function &Like) {
  auto *F = Function::Create(Type, GlobalValue::LinkOnceODRLinkage, Name, M);
  describeSlow(*F, Like);
  markShared(*F, Group);
  return F;
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
  std::string Shape = shapeName(E, Declared);
  std::string Name = "__trace_record_" + Shape;
  if (Function *Existing = M.getFunction(Name))
    return *Existing;
  Comdat *Group = isELF(M) ? M.getOrInsertComdat(Name) : nullptr;
  auto Make = [&](const Twine &Name) {
    return declare(M, typeOf(E, M), Name, Group, Declared);
  };
  bool CallsProbes = passesToProbes(E, Declared);
  Function *Record = Make(Name);
  const Target *Row = targetOf(Declared);
  if (!Row || !Row->record.known) {
    writeLibraryRecord(*Record, E, CallsProbes);
    return *Record;
  }
  holdOptimizer(*Record);
  Function *Library = Make("__trace_library_" + Shape);
  skipOptimizer(*Library);
  writeLibraryRecord(*Library, E, CallsProbes);
  writeRingRecord(*Record, E, Row->record, *Library);
  return *Record;
}

} // namespace trace
