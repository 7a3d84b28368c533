//===- Report.cpp - what each site costs ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Report.h"
#include "Position.h"
#include "hoist/Bounded.h"
#include "split/Check.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace trace {

static constexpr const char *PassName = "trace";

/// As `tracepoint list` names it; of a static key, its symbol.
static std::string eventOf(const CallInst &Check) {
  const Value *Key = Check.getArgOperand(0)->stripInBoundsConstantOffsets();
  const auto *G = dyn_cast<GlobalVariable>(Key);
  const MDNode *Node = G ? G->getMetadata(EventMetadata) : nullptr;
  if (Node)
    return cast<MDString>(Node->getOperand(0))->getString().str();
  return Key->getName().str();
}

static unsigned evaluatedArguments(const CallInst &Check) {
  unsigned Count = 0;
  Check.getFnAttr(EvaluatedAttribute)
      .getValueAsString()
      .getAsInteger(10, Count);
  return Count;
}

SiteReport::SiteReport(Function &F, ArrayRef<CallInst *> Checks,
                       FunctionAnalysisManager &Analyses)
    : Remarks(&F) {
  if (!Remarks.allowExtraAnalysis(PassName))
    return;
  Analyses.invalidate(F, PreservedAnalyses::none());
  auto &Loops = Analyses.getResult<LoopAnalysis>(F);
  auto &SE = Analyses.getResult<ScalarEvolutionAnalysis>(F);
  for (const CallInst *Check : Checks) {
    AboutCheck &About = Known[Check];
    About.Event = eventOf(*Check);
    About.Evaluated = evaluatedArguments(*Check);
    StringRef Stays = Check->getFnAttr(StaysAttribute).getValueAsString();
    const Loop *L = Loops.getLoopFor(Check->getParent());
    if (Check->hasFnAttr(LeftAttribute))
      About.Loop = "it left its loop";
    else if (Stays == "copy")
      About.Loop = "in the copy of its loop that runs while events are on";
    else if (!L)
      About.Loop = "in no loop";
    else if (!isPointCheck(*Check))
      About.Loop = "in a loop, which static keys never leave";
    else if (Stays == "immediate")
      About.WhyStays = "the event is [[trace::immediate]]";
    else
      About.WhyStays =
          whyChecksStay(*L, SE).value_or("hoisting is off (hoist=off, -O0)");
    if (About.WhyStays)
      About.Loop = "it stays in its loop: " + *About.WhyStays;
  }
}

/// What runs while the site is off although only its slow path needs it: it
/// reads or writes memory, or follows something that does.
static unsigned instructionsForSlowPath(const SlowBlocks &Slow) {
  SmallSetVector<Instruction *, 16> Found;
  auto OnlyForSlow = [&](const Instruction &I) {
    return all_of(I.users(), [&](const User *U) {
      auto *User = cast<Instruction>(const_cast<llvm::User *>(U));
      return Slow.contains(User->getParent()) || Found.contains(User);
    });
  };
  auto LookAt = [&](const Instruction &I) {
    for (const Use &Operand : I.operands())
      if (auto *O = dyn_cast<Instruction>(Operand))
        if (!Slow.contains(O->getParent()) && !isa<AllocaInst, PHINode>(O) &&
            !O->mayHaveSideEffects() && OnlyForSlow(*O))
          Found.insert(O);
  };
  for (const BasicBlock *B : Slow)
    for (const Instruction &I : *B)
      LookAt(I);
  for (size_t At = 0; At != Found.size(); ++At)
    LookAt(*Found[At]);
  return Found.size();
}

void SiteReport::emit(const CallInst *Check, const CallBrInst &Site,
                      const Target &T) {
  auto Entry = Known.find(Check);
  if (Entry == Known.end())
    return;
  const AboutCheck &About = Entry->second;
  SlowBlocks Slow = slowBlocks(*Site.getIndirectDest(0), *Site.getParent(),
                               *Site.getDefaultDest());
  unsigned Extra = instructionsForSlowPath(Slow), Instructions = 0;
  for (const BasicBlock *B : Slow)
    Instructions += B->size();

  Remarks.emit([&] {
    OptimizationRemark R(PassName, "Site", &Site);
    R << "site of " << ore::NV("Event", About.Event) << ": "
      << ore::NV("HotBytes", T.site_bytes) << " bytes and "
      << ore::NV("HotInstructions", 1 + Extra)
      << " instruction(s) on the fast path, "
      << ore::NV("SlowInstructions", Instructions)
      << " of the intermediate code on the slow path, "
      << ore::NV("Evaluated", About.Evaluated)
      << " argument(s) evaluated while off; " << ore::NV("Loop", About.Loop);
    return R;
  });
  auto Missed = [&](StringRef Name, const Twine &Text) {
    Remarks.emit([&] {
      return OptimizationRemarkMissed(PassName, Name, &Site)
             << "site of " << ore::NV("Event", About.Event) << ": "
             << Text.str();
    });
  };
  if (About.WhyStays)
    Missed(
        "StaysInLoop",
        "its nop runs at each pass, and the loop is not vectorised, because " +
            *About.WhyStays +
            "; trace before or behind the loop, or once in many passes");
  if (About.Evaluated)
    Missed("Evaluated",
           Twine(About.Evaluated) +
               " argument(s) with side effects are evaluated while it is off; "
               "guard the call with trace_enabled()");
  if (Extra)
    Missed(
        "RunsWhileOff",
        Twine(Extra) +
            " instruction(s) that only it needs run while it is off, because "
            "memory may change between them and the call; read it in the "
            "call's arguments, or guard both with trace_enabled()");
}

} // namespace trace
