//===- Foreign.cpp - events that another front end calls ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Foreign.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace trace {
namespace {

/// The branch that stands for any event's, by the event's function.
constexpr StringLiteral EnabledName = "__trace_enabled";

void refuse(const Function &F, const Twine &Why) {
  F.getContext().diagnose(DiagnosticInfoUnsupported(
      F, "trace point: " + Why +
             "; use the Rust module as the plugin has written it"));
}

SmallVector<CallBase *, 8> callsOf(Function &F) {
  SmallVector<CallBase *, 8> Calls;
  for (User *U : F.users())
    if (auto *Call = dyn_cast<CallBase>(U))
      if (Call->getCalledOperand() == &F &&
          Call->getFunctionType() == F.getFunctionType())
        Calls.push_back(Call);
  return Calls;
}

/// \p Call stands in its wrapper, whose line says nothing: take the line of the
/// wrapper's call.
void takeCallersPlace(CallBase &Call) {
  if (const DILocation *Where = Call.getDebugLoc().get())
    if (const DILocation *Caller = Where->getInlinedAt())
      Call.setDebugLoc(DebugLoc(Caller));
}

/// Or inlining would put marks of the arguments' scope between the call and
/// what the caller computes for it.
void removeNoAlias(Function &F) {
  for (Argument &A : F.args()) {
    A.removeAttr(Attribute::NoAlias);
    for (CallBase *Call : callsOf(F))
      Call->removeParamAttr(A.getArgNo(), Attribute::NoAlias);
  }
}

void inlineWrappers(ArrayRef<Function *> Reserved) {
  SmallSetVector<Function *, 8> Wrappers;
  for (Function *F : Reserved)
    for (CallBase *Call : callsOf(*F))
      if (Call->getFunction()->hasFnAttribute(Attribute::AlwaysInline))
        Wrappers.insert(Call->getFunction());
  for (Function *Wrapper : Wrappers) {
    removeNoAlias(*Wrapper);
    for (CallBase *Call : callsOf(*Wrapper)) {
      InlineFunctionInfo Info;
      if (!Wrappers.contains(Call->getFunction()))
        InlineFunction(*Call, Info);
    }
    if (Wrapper->use_empty() && Wrapper->hasLocalLinkage())
      Wrapper->eraseFromParent();
  }
}

class Translator {
public:
  Translator(Module &M, Collection &C) : M(M), C(C) {}

  void translateEvent(Function &F);
  void translateEnabled(Function &F);

private:
  Function *eventOf(Function &Reserved, const Value *Description);
  Function *branch();

  Module &M;
  Collection &C;
  DenseMap<Function *, Function *> Events; ///< Reserved name to C's.
};

/// The event in C that \p Reserved stands for; null after an error.
Function *Translator::eventOf(Function &Reserved, const Value *Description) {
  auto [Entry, New] = Events.try_emplace(&Reserved, nullptr);
  if (!New)
    return Entry->second;
  StringRef Text;
  if (!getConstantStringInfo(Description, Text, /*TrimAtNul=*/false)) {
    refuse(Reserved, "the event's description is no constant");
    return nullptr;
  }
  Expected<Event> E = fromText(Text);
  if (!E) {
    refuse(Reserved, "unreadable description, from another release of the "
                     "plugin? " +
                         toString(E.takeError()));
    return nullptr;
  }
  StringRef Symbol = Reserved.getName();
  Symbol.consume_front(foreign::Call);
  auto *Type = FunctionType::get(
      Reserved.getReturnType(),
      Reserved.getFunctionType()->params().drop_front(), false);
  auto *F = Function::Create(Type, GlobalValue::ExternalLinkage, Symbol, M);
  // What C passes in which way, without the description.
  AttributeList Old = Reserved.getAttributes();
  SmallVector<AttributeSet, 8> Parameters;
  for (unsigned I = 1; I < Reserved.arg_size(); ++I)
    Parameters.push_back(Old.getParamAttrs(I));
  F->setAttributes(AttributeList::get(M.getContext(), Old.getFnAttrs(),
                                      Old.getRetAttrs(), Parameters));
  C.Points.insert({F, std::move(*E)});
  return Events[&Reserved] = F;
}

void Translator::translateEvent(Function &F) {
  for (CallBase *Old : callsOf(F)) {
    if (auto *Invoke = dyn_cast<InvokeInst>(Old))
      Old = changeToCall(Invoke);
    Function *Event = eventOf(F, Old->getArgOperand(0));
    if (!Event)
      return;
    takeCallersPlace(*Old);
    IRBuilder<> B(Old);
    CallInst *New =
        B.CreateCall(Event, SmallVector<Value *, 8>(drop_begin(Old->args())));
    New->setDoesNotThrow();
    Old->eraseFromParent();
  }
}

Function *Translator::branch() {
  if (Function *F = M.getFunction(EnabledName))
    return F;
  auto *F = Function::Create(
      FunctionType::get(Type::getInt1Ty(M.getContext()),
                        {PointerType::get(M.getContext(), 0)}, false),
      GlobalValue::ExternalLinkage, EnabledName, M);
  C.Branches[F] = BranchForm::OfEvent;
  return F;
}

void Translator::translateEnabled(Function &F) {
  for (CallBase *Old : callsOf(F)) {
    if (auto *Invoke = dyn_cast<InvokeInst>(Old))
      Old = changeToCall(Invoke);
    auto *Reserved = Old->arg_size() == 2
                         ? dyn_cast<Function>(Old->getArgOperand(1))
                         : nullptr;
    if (!Reserved || !Reserved->getName().starts_with(foreign::Call))
      return refuse(F, "no event is named");
    Function *Event = eventOf(*Reserved, Old->getArgOperand(0));
    if (!Event)
      return;
    takeCallersPlace(*Old);
    IRBuilder<> B(Old);
    Old->replaceAllUsesWith(B.CreateCall(branch(), {Event}));
    Old->eraseFromParent();
  }
}

} // namespace

void collectForeign(Module &M, Collection &C) {
  SmallVector<Function *, 8> Events, Enabled;
  for (Function &F : M)
    if (F.getName().starts_with(foreign::Enabled))
      Enabled.push_back(&F);
    else if (F.getName().starts_with(foreign::Call))
      Events.push_back(&F);
  inlineWrappers(Enabled);
  inlineWrappers(Events);
  Translator T(M, C);
  for (Function *F : Enabled)
    T.translateEnabled(*F);
  for (Function *F : Events)
    T.translateEvent(*F);
  for (Function *F : concat<Function *>(Enabled, Events))
    if (F->use_empty())
      F->eraseFromParent();
}

} // namespace trace
