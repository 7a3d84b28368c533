//===- Collect.cpp - what the front end says of a module ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Collect.h"
#include "Foreign.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace trace {

/// The text of a C string constant, or an empty one.
static StringRef textOf(const Value *V) {
  const auto *G = dyn_cast<GlobalVariable>(V->stripPointerCasts());
  if (!G || !G->hasInitializer())
    return {};
  const auto *Text = dyn_cast<ConstantDataArray>(G->getInitializer());
  return Text && Text->isCString() ? Text->getAsCString() : StringRef();
}

static void refuse(Function &F, const Twine &Why) {
  F.getContext().diagnose(DiagnosticInfoUnsupported(F, "trace point: " + Why));
}

static void readEvent(Function &F, StringRef Text, Collection &C) {
  Expected<Event> E = fromText(Text);
  if (!E)
    return refuse(F, "unreadable description, from another release of the "
                     "plugin? " +
                         toString(E.takeError()));
  C.Points.insert({&F, std::move(*E)});
}

static void readBranch(Function &F, StringRef Form, Collection &C) {
  C.Branches[&F] = Form == "event"        ? BranchForm::OfEvent
                   : Form == "descriptor" ? BranchForm::Descriptor
                   : Form == "probe"      ? BranchForm::Probe
                   : Form == "jump"       ? BranchForm::Jump
                                          : BranchForm::Nop;
}

struct Noted {
  SmallSetVector<Function *, 8> Declared;
  SmallSetVector<Function *, 1> Unfinished;
};

/// Reads \p Text if it is one of ours.
static bool read(Function &F, StringRef Text, Collection &C, Noted &N) {
  if (Text.consume_front(carrier::Event))
    return readEvent(F, Text, C), true;
  if (Text.consume_front(carrier::Branch))
    return readBranch(F, Text, C), true;
  if (Text.starts_with(carrier::Declared))
    return N.Declared.insert(&F), true;
  if (Text == carrier::Unfinished)
    return N.Unfinished.insert(&F), true;
  return Text.starts_with(carrier::Pragma) ||
         Text.starts_with(carrier::System) || Text == carrier::Immediate ||
         Text == carrier::Placed;
}

static void replaceInitializer(GlobalVariable &Old,
                               ArrayRef<Constant *> Elements) {
  if (!Elements.empty()) {
    auto *Type = ArrayType::get(Elements.front()->getType(), Elements.size());
    auto *New = new GlobalVariable(*Old.getParent(), Type, Old.isConstant(),
                                   Old.getLinkage(),
                                   ConstantArray::get(Type, Elements));
    New->setSection(Old.getSection());
    New->takeName(&Old);
  }
  Old.eraseFromParent();
}

/// The function's call is the only one of what it calls.
static void eraseUnfinished(Function &F) {
  removeFromUsedLists(*F.getParent(), [&](Constant *C) {
    return C->stripPointerCasts() == &F;
  });
  F.eraseFromParent();
}

Collection collect(Module &M) {
  Collection C;
  collectForeign(M, C);
  GlobalVariable *Annotations = M.getNamedGlobal("llvm.global.annotations");
  const auto *All = Annotations && Annotations->hasInitializer()
                        ? dyn_cast<ConstantArray>(Annotations->getInitializer())
                        : nullptr;
  if (!All)
    return C;

  SmallVector<Constant *, 16> Others;
  Noted N;
  for (const Use &Element : All->operands()) {
    auto *Annotation = cast<ConstantStruct>(Element);
    auto *F =
        dyn_cast<Function>(Annotation->getOperand(0)->stripPointerCasts());
    if (!F || !read(*F, textOf(Annotation->getOperand(1)), C, N))
      Others.push_back(Annotation);
  }
  for (Function *F : N.Declared)
    if (!C.Points.count(F))
      refuse(*F, "its declaration was not analysed; compile it with the plugin "
                 "as the first of all plugins");
  if (Others.size() != All->getNumOperands())
    replaceInitializer(*Annotations, Others);
  for (Function *F : N.Unfinished)
    eraseUnfinished(*F);
  return C;
}

SmallVector<Value *, 8> takeParameters(Function &F, Instruction *&Next) {
  SmallVector<IntrinsicInst *, 8> Ours, Others;
  for (Instruction &I : instructions(F)) {
    auto *II = dyn_cast<IntrinsicInst>(&I);
    if (!II || II->getIntrinsicID() != Intrinsic::var_annotation)
      continue;
    StringRef Text = textOf(II->getArgOperand(1));
    if (Text == carrier::Parameter)
      Ours.push_back(II);
    else if (Text.starts_with(carrier::Prefix))
      Others.push_back(II); // What its attributes say is in the event.
  }
  for (IntrinsicInst *II : Others)
    II->eraseFromParent();

  SmallVector<Value *, 8> Places;
  for (IntrinsicInst *II : Ours) {
    Places.push_back(II->getArgOperand(0)->stripPointerCasts());
    Next = II->getNextNode();
    II->eraseFromParent();
  }
  return Places;
}

} // namespace trace
