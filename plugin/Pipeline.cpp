//===- Pipeline.cpp - where the passes stand ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pipeline.h"
#include "Compat.h"
#include "hoist/Hoist.h"
#include "lower/Lower.h"
#include "split/Split.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/DynamicLibrary.h"

using namespace llvm;

namespace trace {

/// LLVM's table of symbols, which both of our modules see, tells under this
/// name which PassBuilder has the front end's passes. Those of -fpass-plugin=
/// come first there, but know neither places nor how to warn: they leave the
/// module to the front end's.
static constexpr StringLiteral FrontEndBuilder = "trace.front.end.builder";

static bool isFrontEnd(const Reporter &R) { return bool(R.Locate); }

static bool hasFrontEnd(const PassBuilder &PB) {
  return sys::DynamicLibrary::SearchForAddressOfSymbol(
             FrontEndBuilder.data()) == &PB;
}

/// trace-split<abi=linux;objtool=on;usdt=site>
static Expected<Options> parseSplitOptions(StringRef Text) {
  Options Opts;
  for (StringRef Each : split(Text, ';'))
    if (Each == "abi=linux")
      Opts.Linux = true;
    else if (Each == "objtool=on")
      Opts.Objtool = true;
    else if (Each == "usdt=off")
      Opts.Usdt = Usdt::Off;
    else if (Each == "usdt=site")
      Opts.Usdt = Usdt::Site;
    else if (!Each.empty())
      return make_error<StringError>("trace-split has no option '" + Each + "'",
                                     inconvertibleErrorCode());
  return Opts;
}

void registerPasses(PassBuilder &PB, const Reporter &R, const Options &Opts) {
  if (isFrontEnd(R))
    sys::DynamicLibrary::AddSymbol(FrontEndBuilder, &PB);
  PB.registerPipelineStartEPCallback(
      [R, Opts, &PB](ModulePassManager &MPM, OptimizationLevel) {
        if (!isFrontEnd(R) && hasFrontEnd(PB))
          return;
        MPM.addPass(SplitPass(R, Opts));
        // Another builder may come to stand at the same address.
        if (isFrontEnd(R))
          sys::DynamicLibrary::AddSymbol(FrontEndBuilder, nullptr);
      });
  // Between the front end's clean-up and LLVM's loop passes, and once more
  // after these: the one extension point there.
  if (Opts.Hoist)
    PB.registerPeepholeEPCallback(
        [](FunctionPassManager &FPM, OptimizationLevel) {
          FPM.addPass(HoistPass());
        });
  atOptimizerLast(PB, LowerPass());

  // opt -passes='trace-split,function(trace-hoist),trace-lower'
  PB.registerPipelineParsingCallback(
      [](StringRef Name, FunctionPassManager &FPM,
         ArrayRef<PassBuilder::PipelineElement>) {
        if (Name != "trace-hoist")
          return false;
        FPM.addPass(HoistPass());
        return true;
      });
  PB.registerPipelineParsingCallback(
      [R](StringRef Name, ModulePassManager &MPM,
          ArrayRef<PassBuilder::PipelineElement>) {
        if (Name == "trace-lower") {
          MPM.addPass(LowerPass());
          return true;
        }
        if (!PassBuilder::checkParametrizedPassName(Name, "trace-split"))
          return false;
        auto Opts = PassBuilder::parsePassParameters(parseSplitOptions, Name,
                                                     "trace-split");
        if (!Opts) {
          errs() << toString(Opts.takeError()) << '\n';
          return false;
        }
        MPM.addPass(SplitPass(R, *Opts));
        return true;
      });
}

} // namespace trace
