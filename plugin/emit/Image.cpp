//===- Image.cpp - what each linked image carries once --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Image.h"
#include "Members.h"
#include "trace/layout.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"
#include <cstddef>

using namespace llvm;

namespace trace {

static constexpr StringLiteral ImageName = "__trace_image";
static constexpr StringLiteral NoteName = "__trace_note";
static constexpr StringLiteral LoadedName = "__trace_loaded";
static constexpr StringLiteral AnnounceName = "trace_image_loaded";

Constant *relative(Constant *Target, GlobalVariable *Base, unsigned Offset) {
  LLVMContext &C = Base->getContext();
  Type *Word = Base->getParent()->getDataLayout().getIntPtrType(C);
  // In the one form that LLVM knows for a relative pointer: any other makes the
  // section writable in position-independent code.
  Constant *From = ConstantExpr::getInBoundsGetElementPtr(
      Type::getInt8Ty(C), Base, ConstantInt::get(Word, Offset));
  return ConstantExpr::getTruncOrBitCast(
      ConstantExpr::getSub(ConstantExpr::getPtrToInt(Target, Word),
                           ConstantExpr::getPtrToInt(From, Word)),
      Type::getInt32Ty(C));
}

StructType *imageType(Module &M) {
  LLVMContext &C = M.getContext();
  SmallVector<Type *, 8> Members;
#define MEMBER(Type, Name) Members.push_back(memberType<Type>(C));
  TRACE_IMAGE(MEMBER)
#undef MEMBER
  return StructType::get(C, Members);
}

GlobalVariable *imageRecord(Module &M) {
  if (GlobalVariable *Existing = M.getNamedGlobal(ImageName))
    return Existing;
  StructType *Type = imageType(M);
  auto *Record = new GlobalVariable(
      M, Type, /*isConstant=*/false, GlobalValue::LinkOnceODRLinkage,
      ConstantAggregateZero::get(Type), ImageName);
  // In the note's group, whose members --gc-sections keeps or drops together:
  // every thunk refers to the record. For the GNU assembler LLVM does not mark
  // the note as retained (clang's -fbinutils-version).
  markShared(*Record, isELF(M) ? M.getOrInsertComdat(NoteName) : nullptr);
  // The run time writes it; no optimiser may take it for zero.
  Record->setExternallyInitialized(true);
  Record->setAlignment(Align(8));
  return Record;
}

/// One of the symbols that linkers define around a section whose name is a C
/// identifier.
static Constant *boundary(Module &M, const Twine &Name) {
  SmallString<32> Storage;
  StringRef Symbol = Name.toStringRef(Storage);
  if (GlobalVariable *Existing = M.getNamedGlobal(Symbol))
    return Existing;
  auto *G = new GlobalVariable(M, Type::getInt8Ty(M.getContext()), true,
                               GlobalValue::ExternalLinkage, nullptr, Symbol);
  G->setVisibility(GlobalValue::HiddenVisibility);
  return G;
}

/// An empty piece of \p Section, so that the boundary symbols exist also where
/// --gc-sections leaves nothing else of it. A larger alignment than the others'
/// would put a gap into the table.
static GlobalVariable *emptyPiece(Module &M, StringRef Section, Align Alignment,
                                  Comdat *Group) {
  auto *Type = ArrayType::get(Type::getInt64Ty(M.getContext()), 0);
  auto *Piece = new GlobalVariable(
      M, Type, /*isConstant=*/true, GlobalValue::LinkOnceODRLinkage,
      ConstantAggregateZero::get(Type), NoteName + "." + Section);
  markShared(*Piece, Group);
  Piece->setSection(Section);
  Piece->setAlignment(Alignment);
  return Piece;
}

static GlobalVariable *note(Module &M) {
  LLVMContext &C = M.getContext();
  SmallVector<Type *, 12> Types;
#define MEMBER(Type, Name) Types.push_back(memberType<Type>(C));
  TRACE_NOTE(MEMBER)
#undef MEMBER
  auto *Note = new GlobalVariable(
      M, StructType::get(C, Types, true),
      /*isConstant=*/true, GlobalValue::LinkOnceODRLinkage, nullptr, NoteName);

  trace_note Values = {};
  Values.name_bytes = sizeof TRACE_NOTE_NAME;
  Values.descriptor_bytes = sizeof(trace_note) - offsetof(trace_note, version);
  Values.type = TRACE_NOTE_IMAGE;
  memcpy(Values.name, TRACE_NOTE_NAME, sizeof TRACE_NOTE_NAME);
  Values.version = TRACE_LAYOUT_VERSION;
  MemberValues Members(C);
#define MEMBER(Type, Name) Members.add(#Name, Values.Name);
  TRACE_NOTE(MEMBER)
#undef MEMBER
  auto Lead = [&](StringRef Name, unsigned Offset, Constant *Target) {
    Members.set(Name, relative(Target, Note, Offset));
  };
  Lead("jump_table_begin", offsetof(trace_note, jump_table_begin),
       boundary(M, "__start_" TRACE_SECTION_JUMP_TABLE));
  Lead("jump_table_end", offsetof(trace_note, jump_table_end),
       boundary(M, "__stop_" TRACE_SECTION_JUMP_TABLE));
  Lead("events_begin", offsetof(trace_note, events_begin),
       boundary(M, "__start_" TRACE_SECTION_EVENTS));
  Lead("events_end", offsetof(trace_note, events_end),
       boundary(M, "__stop_" TRACE_SECTION_EVENTS));
  Lead("image", offsetof(trace_note, image), imageRecord(M));

  Note->setInitializer(Members.packed());
  Note->setSection(TRACE_SECTION_NOTE);
  Note->setAlignment(Align(4));
  markShared(*Note, M.getOrInsertComdat(NoteName));
  return Note;
}

/// Position-independent code that is not for an executable only.
static bool maySharedObject(const Module &M) {
  return M.getPICLevel() != PICLevel::NotPIC &&
         M.getPIELevel() == PIELevel::Default;
}

/// if (trace_image_loaded) trace_image_loaded(&note);
static void emitConstructor(Module &M, GlobalVariable *Note) {
  LLVMContext &C = M.getContext();
  auto *AnnounceType =
      FunctionType::get(Type::getVoidTy(C), {PointerType::get(C, 0)}, false);
  auto *Announce = cast<Function>(
      M.getOrInsertFunction(AnnounceName, AnnounceType).getCallee());
  Announce->setLinkage(GlobalValue::ExternalWeakLinkage);

  auto *Loaded =
      Function::Create(FunctionType::get(Type::getVoidTy(C), false),
                       GlobalValue::LinkOnceODRLinkage, LoadedName, M);
  markShared(*Loaded, M.getOrInsertComdat(LoadedName));
  Loaded->addFnAttr(Attribute::NoUnwind);
  auto *Entry = BasicBlock::Create(C, "entry", Loaded);
  auto *Call = BasicBlock::Create(C, "announce", Loaded);
  auto *Done = BasicBlock::Create(C, "done", Loaded);
  IRBuilder<> B(Entry);
  B.CreateCondBr(B.CreateIsNotNull(Announce), Call, Done);
  B.SetInsertPoint(Call);
  B.CreateCall(AnnounceType, Announce, {Note});
  B.CreateBr(Done);
  B.SetInsertPoint(Done);
  B.CreateRetVoid();
  appendToGlobalCtors(M, Loaded, 65535, Loaded);
}

void emitImage(Module &M) {
  if (!isELF(M) || M.getNamedGlobal(NoteName))
    return;
  GlobalVariable *Note = note(M);
  Comdat *Group = Note->getComdat();
  // "used" is SHF_GNU_RETAIN: without it lld and bfd collect the note.
  Align Address(M.getDataLayout().getPointerSize());
  appendToUsed(
      M,
      {Note, emptyPiece(M, TRACE_SECTION_JUMP_TABLE, Address, Group),
       emptyPiece(M, TRACE_SECTION_EVENTS, Align(TRACE_EVENT_ALIGN), Group)});
  if (maySharedObject(M))
    emitConstructor(M, Note);
}

} // namespace trace
