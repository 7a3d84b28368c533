//===- Parts.cpp - the parts of an event ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Parts.h"
#include "Descriptor.h"
#include "Image.h"
#include "Members.h"
#include "Places.h"
#include "ProbeCalls.h"
#include "Thunk.h"
#include "Usdt.h"
#include "collect/Collect.h"
#include "lower/Target.h"
#include "split/Check.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include "llvm/Transforms/Utils/Cloning.h"

using namespace llvm;

namespace trace {

std::string sourceSymbol(StringRef Symbol) {
  ItaniumPartialDemangler Parsed;
  std::string Name = Symbol.str();
  if (Parsed.partialDemangle(Name.c_str()) || !Parsed.isCtorOrDtor())
    return Name;
  std::string Meaning = demangle(Symbol);
  for (size_t I = 0; I + 1 < Name.size(); ++I) {
    char Variant = Name[I + 1];
    if (!(Name[I] == 'C' && Variant == '1') &&
        !(Name[I] == 'D' && (Variant == '0' || Variant == '1')))
      continue;
    Name[I + 1] = '2';
    if (demangle(Name) == Meaning)
      return Name;
    Name[I + 1] = Variant;
  }
  return Name;
}

/// What two declarations must agree in to share a key: system, symbol, format,
/// layout, convention. C gives two unrelated trace_open in one image one
/// symbol; if they differ in any of the rest, their groups differ and the
/// linker refuses the second definition of the symbol.
static std::string identity(const Event &E, StringRef Symbol,
                            CallingConv::ID Convention) {
  std::string Text;
  raw_string_ostream OS(Text);
  OS << Convention << E.Traced << E.Placed << E.Name << (E.Format ? "=" : "")
     << E.Format.value_or("");
  for (const Field &F : E.Fields) {
    OS << ';' << F.Kind << ',' << F.Size << F.Signed << F.Implicit << F.Bits
       << static_cast<int>(F.Form) << F.Count << ',' << F.InPlace
       << F.LengthField.value_or(E.Fields.size());
    for (uint64_t Step : concat<const uint64_t>(F.At, F.LengthAt))
      OS << ',' << Step;
    if (F.Short)
      OS << ",short";
    for (const Enumerator &Each : F.Enumerators)
      OS << ',' << Each.Name << '=' << Each.Value;
  }
  std::string Name;
  raw_string_ostream(Name) << E.System << '_' << sourceSymbol(Symbol) << '_'
                           << format_hex_no_prefix(xxh3_64bits(Text), 16);
  return Name;
}

static Type *elementType(const Field &F, LLVMContext &C) {
  switch (F.Kind) {
  case TRACE_FIELD_STRING:
  case TRACE_FIELD_POINTER:
    return PointerType::get(C, 0);
  case TRACE_FIELD_FLOAT:
    return F.Size == 4 ? Type::getFloatTy(C) : Type::getDoubleTy(C);
  default:
    return Type::getIntNTy(C, F.Size * 8);
  }
}

SmallVector<Type *, 2> valueTypes(const Field &F, Module &M) {
  LLVMContext &C = M.getContext();
  if (F.Form == Shape::One)
    return {elementType(F, C)};
  Type *Address = PointerType::get(C, 0);
  if (valueCount(F) == 1)
    return {Address};
  return {Address, M.getDataLayout().getIntPtrType(C)};
}

/// What \p Declared, which clang has compiled with an empty body, does with its
/// parameters: it puts them in their places. There their values are, which \p
/// Emit records, however the machine passes them. \p Emit becomes part of it.
/// Null: there is no body.
static Function *makePlaced(Function &Declared, const Event &E, Function &Emit,
                            GlobalVariable *Descriptor) {
  if (Declared.isDeclaration())
    return nullptr;
  auto *Placed = Function::Create(Declared.getFunctionType(),
                                  GlobalValue::LinkOnceODRLinkage, "",
                                  Declared.getParent());
  Placed->copyAttributesFrom(&Declared);
  Placed->setCallingConv(Emit.getCallingConv());
  Placed->splice(Placed->begin(), &Declared);
  for (auto [Old, New] : zip_equal(Declared.args(), Placed->args()))
    Old.replaceAllUsesWith(&New);
  stripDebugInfo(*Placed);
  Placed->setComdat(nullptr);
  Placed->setSection("");
  Placed->addFnAttr(Attribute::NoUnwind);
  Placed->addFnAttr(Attribute::NoInline);
  Placed->addFnAttr(Attribute::Cold);

  Instruction *At = nullptr;
  SmallVector<Value *, 8> Places = takeParameters(*Placed, At);
  BasicBlock *Entry = &Placed->getEntryBlock();
  BasicBlock *End =
      Entry->splitBasicBlock(Entry->getTerminator()->getIterator());
  Entry->getTerminator()->eraseFromParent();
  IRBuilder<> B(Entry);
  callProbes(B, Descriptor, Places);
  CallInst *Call = callThunk(B, Emit, valuesAt(B, *Placed, E, Places));
  B.CreateBr(End);
  InlineFunctionInfo Info;
  InlineFunction(*Call, Info);
  Placed->takeName(&Emit);
  Emit.eraseFromParent();
  return Placed;
}

static GlobalVariable *makeKey(Module &M, const Twine &Name) {
  auto *Type =
      StructType::get(M.getContext(), {Type::getInt32Ty(M.getContext()),
                                       Type::getInt32Ty(M.getContext())});
  auto *Key = new GlobalVariable(M, Type, /*isConstant=*/false,
                                 GlobalValue::LinkOnceODRLinkage,
                                 ConstantAggregateZero::get(Type), Name);
  // The run time writes it; no optimiser may fold a load of it.
  Key->setExternallyInitialized(true);
  Key->setAlignment(Align(8));
  return Key;
}

const Parts &PartsMaker::of(const Event &E, Function &Declared) {
  CallingConv::ID Convention = slowCallConvention(Declared);
  std::string Identity = identity(E, Declared.getName(), Convention);
  auto [Entry, New] = ByIdentity.try_emplace(Identity);
  Parts &P = Entry->second;
  if (!New)
    return P;

  Usdt Probe = isELF(M) && targetOf(Declared) ? Probes : Usdt::Off;
  if (Probe == Usdt::Site && E.Placed)
    Probe = Usdt::Slow; // a site has what is passed, and not the values
  P.Key = makeKey(M, "__trace_key_" + Identity);
  P.Key->setMetadata(
      EventMetadata,
      MDNode::get(M.getContext(),
                  MDString::get(M.getContext(), E.System + ":" + E.Name)));
  P.Descriptor =
      makeDescriptor(M, E, P.Key, Probe, "__trace_event_" + Identity);
  Function *Thunk =
      makeThunk(E, P.Descriptor, Declared, Identity, Probe == Usdt::Slow);
  if (E.Placed)
    Thunk = makePlaced(Declared, E, *Thunk, P.Descriptor);
  P.Thunk = Thunk;
  P.TakesProbes = takesProbes(E, Declared);
  P.Internal = E.Internal;
  if (!E.Internal && isELF(M))
    P.Group = M.getOrInsertComdat("__trace_" + Identity);
  for (GlobalObject *Part : {static_cast<GlobalObject *>(P.Key),
                             static_cast<GlobalObject *>(P.Descriptor),
                             static_cast<GlobalObject *>(Thunk)})
    if (E.Internal)
      markOwn(*Part);
    else
      markShared(*Part, P.Group);
  return P;
}

void PartsMaker::define(Function &Declared, const Event &E, const Parts &P) {
  LLVMContext &C = M.getContext();
  auto *Entry = BasicBlock::Create(C, "entry", &Declared);
  auto *Slow = BasicBlock::Create(C, "trace.on", &Declared);
  auto *Done = BasicBlock::Create(C, "trace.off", &Declared);
  IRBuilder<> B(Entry);
  SmallVector<Value *, 8> Arguments(make_pointer_range(Declared.args()));
  if (Probes == Usdt::Site && !E.Placed)
    emitUsdt(B, E, Arguments);
  markGuard(*B.CreateCondBr(createLoadedCheck(B, P.Key), Slow, Done));
  B.SetInsertPoint(Slow);
  callThunk(B, *P.Thunk, Arguments, Declared.getAttributes());
  B.CreateBr(Done);
  B.SetInsertPoint(Done);
  B.CreateRetVoid();

  // Without groups, nothing but a weak definition can be in two object files.
  Declared.setLinkage(P.Group ? GlobalValue::ExternalLinkage
                              : GlobalValue::LinkOnceODRLinkage);
  if (P.Internal)
    markOwn(Declared);
  else
    markShared(Declared, P.Group);
  Declared.addFnAttr(Attribute::NoUnwind);
  skipOptimizer(Declared);
  // The declaration's, which a definition must not have.
  Declared.setSubprogram(nullptr);
}

} // namespace trace
