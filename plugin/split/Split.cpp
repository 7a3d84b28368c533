//===- Split.cpp - calls of trace points become guarded slow paths --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Split.h"
#include "Check.h"
#include "Entry.h"
#include "Guard.h"
#include "collect/Collect.h"
#include "emit/Image.h"
#include "emit/Parts.h"
#include "emit/Thunk.h"
#include "emit/Usdt.h"
#include "linux/Sites.h"
#include "lower/LinuxBranch.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace trace {
namespace {

class Splitter {
public:
  Splitter(Module &M, const Reporter &R, const Options &Opts)
      : M(M), R(R), Opts(Opts), Found(collect(M)), Made(M, Opts.Usdt) {}

  /// Whether the module has changed.
  bool run();

private:
  void splitEvent(Function &F, const Event &E);
  void splitCall(CallInst &Call, const Event &E, const Parts &P);
  size_t reportEffects(CallInst &Call, const Event &E);
  SmallVector<CallInst *, 8> callsToSplit(Function &F);
  void splitBranch(Function &F, BranchForm Form);
  void splitForLinux();
  void resolveEnabled(CallInst &Call);
  void resolveDescriptor(CallInst &Call);
  void resolveProbe(CallInst &Call);
  decltype(Collection::Points)::iterator pointNamedBy(const CallInst &Call);
  bool delegates(const Function &F);
  std::optional<Place> placeOfCall(const Instruction &Call) const;

  Module &M;
  const Reporter &R;
  const Options &Opts;
  Collection Found;
  PartsMaker Made;
  Purity Pure;
};

/// Direct calls of \p F. An invoke is made a call: nothing is thrown, and no
/// unwinding may cross a thunk, which keeps other registers than C does.
SmallVector<CallInst *, 8> takeCalls(Function &F) {
  SmallVector<CallBase *, 8> Calls;
  for (User *U : F.users())
    if (auto *Call = dyn_cast<CallBase>(U))
      if (Call->getCalledOperand() == &F &&
          Call->getFunctionType() == F.getFunctionType())
        Calls.push_back(Call);
  SmallVector<CallInst *, 8> Plain;
  for (CallBase *Call : Calls) {
    auto *Invoke = dyn_cast<InvokeInst>(Call);
    Plain.push_back(Invoke ? changeToCall(Invoke) : cast<CallInst>(Call));
  }
  return Plain;
}

/// An argument that calls a getter while an object waits to be destroyed has an
/// invoke in the middle. Where nothing can be thrown, it is a call.
void callPureFunctions(Function &F, Purity &Pure) {
  SmallVector<InvokeInst *, 4> Invokes;
  for (BasicBlock &B : F)
    if (auto *Invoke = dyn_cast<InvokeInst>(B.getTerminator()))
      if (Pure.isPure(*Invoke))
        Invokes.push_back(Invoke);
  for (InvokeInst *Invoke : Invokes)
    changeToCall(Invoke);
}

std::optional<uint64_t> cookieOf(const Instruction &Call) {
  const MDNode *Node = Call.getMetadata("srcloc");
  if (!Node || Node->getNumOperands() == 0)
    return std::nullopt;
  const auto *Cookie = mdconst::dyn_extract<ConstantInt>(Node->getOperand(0));
  return Cookie ? std::optional(Cookie->getZExtValue()) : std::nullopt;
}

std::optional<Place> Splitter::placeOfCall(const Instruction &Call) const {
  if (std::optional<uint64_t> Cookie = cookieOf(Call); Cookie && R.Locate)
    return R.Locate(*Cookie);
  if (const DILocation *Where = Call.getDebugLoc().get())
    return Place{Where->getFilename().str(), Where->getLine()};
  return std::nullopt;
}

/// How many arguments have effects, and so are evaluated while the event is
/// off.
size_t Splitter::reportEffects(CallInst &Call, const Event &E) {
  SmallVector<unsigned, 4> Effects;
  findEffects(Call, Pure, Effects);
  if (R.SideEffect)
    for (unsigned Argument : Effects)
      R.SideEffect(cookieOf(Call).value_or(0), Argument, "trace_" + E.Name);
  return Effects.size();
}

void Splitter::splitCall(CallInst &Call, const Event &E, const Parts &P) {
  Call.setTailCallKind(CallInst::TCK_None);
  size_t Evaluated;
  if (Opts.Usdt == Usdt::Site && !E.Placed) {
    // The probe takes the arguments whether or not the event is on.
    IRBuilder<> B(&Call);
    emitUsdt(B, E, SmallVector<Value *, 8>(Call.args()));
    Evaluated = Call.arg_size();
  } else {
    Evaluated = reportEffects(Call, E);
  }
  std::optional<Place> Where = placeOfCall(Call);
  BranchInst *Branch = guard(Call, Pure);
  IRBuilder<> B(Branch);
  CallInst *Check = createCheck(B, P.Key, std::move(Where), E.Immediate);
  if (Evaluated != 0)
    Check->addFnAttr(Attribute::get(M.getContext(), EvaluatedAttribute,
                                    std::to_string(Evaluated)));
  Check->setDebugLoc(Call.getDebugLoc());
  Branch->setCondition(Check);
  markGuard(*Branch);

  B.SetInsertPoint(&Call);
  callThunk(B, *P.Thunk, SmallVector<Value *, 8>(Call.args()),
            E.Placed ? Call.getAttributes() : AttributeList());
  Call.eraseFromParent();
}

/// The calls of \p F, in functions whose other calls are as simple as can be.
SmallVector<CallInst *, 8> Splitter::callsToSplit(Function &F) {
  SmallVector<CallInst *, 8> Calls = takeCalls(F);
  SmallSetVector<Function *, 8> Callers;
  for (CallInst *Call : Calls)
    Callers.insert(Call->getFunction());
  for (Function *Caller : Callers)
    callPureFunctions(*Caller, Pure);
  return Calls;
}

void Splitter::splitEvent(Function &F, const Event &E) {
  const Parts &P = Made.of(E, F);
  if (!P.Thunk ||
      !takesArguments(*P.Thunk->getFunctionType(), *F.getFunctionType())) {
    M.getContext().diagnose(DiagnosticInfoUnsupported(
        F, "trace point: this architecture passes its parameters in a way that "
           "can't be recorded"));
    return;
  }
  for (CallInst *Call : callsToSplit(F))
    splitCall(*Call, E, P);
  if (F.isDeclaration())
    Made.define(F, E, P);
}

/// Whether \p F is a constructor's or destructor's variant that leaves the
/// work, and so the site, to another variant.
bool Splitter::delegates(const Function &F) {
  return any_of(instructions(F), [&](const Instruction &I) {
    const auto *Call = dyn_cast<CallBase>(&I);
    Function *Callee = Call ? Call->getCalledFunction() : nullptr;
    return Callee && Callee != &F && Found.Points.count(Callee) &&
           sourceSymbol(Callee->getName()) == sourceSymbol(F.getName());
  });
}

/// The trace point whose address is the first argument. If there is none, the
/// call is left as it is, and so is an error at its line.
decltype(Collection::Points)::iterator
Splitter::pointNamedBy(const CallInst &Call) {
  auto *F = dyn_cast<Function>(Call.getArgOperand(0)->stripPointerCasts());
  return F ? Found.Points.find(F) : Found.Points.end();
}

/// trace_event_of(event, probe): the event's own descriptor.
void Splitter::resolveDescriptor(CallInst &Call) {
  auto Point = pointNamedBy(Call);
  if (Point == Found.Points.end() || Opts.Linux)
    return;
  auto &[F, E] = *Point;
  const Parts &P = Made.of(E, *F);
  if (!P.TakesProbes) {
    M.getContext().diagnose(DiagnosticInfoUnsupported(
        *Call.getFunction(),
        "trace point: the arguments of " + E.System + ":" + E.Name +
            " are not what is recorded of them, so it can have no probe of "
            "their types; use trace_probe_register()",
        Call.getDebugLoc()));
    return;
  }
  Call.replaceAllUsesWith(P.Descriptor);
  Call.eraseFromParent();
}

/// trace_probe_of(event, passed, placed): the one that the event's parameters
/// are passed to, or the one that gets their places.
void Splitter::resolveProbe(CallInst &Call) {
  auto Point = pointNamedBy(Call);
  if (Point == Found.Points.end())
    return;
  Call.replaceAllUsesWith(Call.getArgOperand(Point->second.Placed ? 2 : 1));
  Call.eraseFromParent();
}

/// trace_enabled(event): the event's own key, tested.
void Splitter::resolveEnabled(CallInst &Call) {
  auto Point = pointNamedBy(Call);
  if (Point == Found.Points.end())
    return;
  auto &[F, E] = *Point;
  IRBuilder<> B(&Call);
  CallInst *Check;
  if (!Opts.Linux) {
    Check = createCheck(B, Made.of(E, *F).Key, placeOfCall(Call), E.Immediate);
    checkFunction(M)->addFnAttr(ValuesAttribute);
  } else if (Function *Enabled = linuxSiteOf(E, *F).Enabled)
    Check = B.CreateCall(Enabled);
  else
    return;
  Call.replaceAllUsesWith(Check);
  Call.eraseFromParent();
}

void Splitter::splitBranch(Function &F, BranchForm Form) {
  if (Form == BranchForm::Nop || Form == BranchForm::Jump)
    markBranch(F, Form);
  for (CallInst *Call : takeCalls(F))
    switch (Form) {
    case BranchForm::OfEvent:
      resolveEnabled(*Call);
      break;
    case BranchForm::Descriptor:
      resolveDescriptor(*Call);
      break;
    case BranchForm::Probe:
      resolveProbe(*Call);
      break;
    case BranchForm::Nop:
    case BranchForm::Jump:
      markCheck(*Call, placeOfCall(*Call));
    }
}

void Splitter::splitForLinux() {
  for (auto &[F, E] : Found.Points) {
    F->removeFnAttr("dontcall-error");
    if (E.Traced && F->isDeclaration())
      continue;
    LinuxSite Site = linuxSiteOf(E, *F);
    if (!Site.Record)
      continue;
    if (E.Traced) {
      siteEntry(*F, E, Site);
      continue;
    }
    for (CallInst *Call : callsToSplit(*F)) {
      reportEffects(*Call, E);
      siteCall(*Call, Site, Pure);
    }
    F->replaceAllUsesWith(Site.Record); // Calls through a pointer.
  }
  releaseLinuxSites(M);
}

bool Splitter::run() {
  if (Found.empty())
    return false;
  for (auto &[F, Form] : Found.Branches)
    splitBranch(*F, Form);
  if (Opts.Linux) {
    splitForLinux();
    defineLinuxBranches(M, Opts);
    return true;
  }
  for (auto &[F, E] : Found.Points) {
    // Attached to locate calls and to catch those that this pass never saw.
    F->removeFnAttr("dontcall-error");
    if (!E.Traced)
      splitEvent(*F, E);
    else if (!F->isDeclaration() && !delegates(*F))
      insertEntrySite(*F, E, Made.of(E, *F), Opts.Usdt == Usdt::Site);
  }
  emitImage(M);
  return true;
}

} // namespace

PreservedAnalyses SplitPass::run(Module &M, ModuleAnalysisManager &) {
  return Splitter(M, R, Opts).run() ? PreservedAnalyses::none()
                                    : PreservedAnalyses::all();
}

} // namespace trace
