//===- Action.cpp - the plugin "trace" ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Consumer.h"
#include "Names.h"
#include "Pipeline.h"
#include "linux/EndOfFile.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"

using namespace clang;

namespace trace {
namespace {

/// The passes' way to the source, while the compiler that made the IR lives.
Reporter sourceReporter(CompilerInstance &CI,
                        std::shared_ptr<EventArguments> Arguments) {
  Reporter R;
  R.Locate = [&CI](uint64_t Cookie) -> std::optional<Place> {
    const SourceManager &SM = CI.getSourceManager();
    SourceLocation Where = SourceLocation::getFromRawEncoding(Cookie);
    PresumedLoc P = SM.getPresumedLoc(SM.getExpansionLoc(Where));
    if (P.isInvalid())
      return std::nullopt;
    return Place{P.getFilename(), P.getLine()};
  };
  R.SideEffect = [Arguments = std::move(Arguments)](
                     uint64_t Call, unsigned Argument, StringRef Event) {
    Arguments->warn(Call, Argument, Event);
  };
  return R;
}

class Action : public PluginASTAction {
protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    auto Arguments = std::make_shared<EventArguments>(CI.getDiagnostics(),
                                                      Opts.WarnArguments);
    CodeGenOptions &CodeGen = CI.getCodeGenOpts();
    CodeGen.PassBuilderCallbacks.push_back(
        [R = sourceReporter(CI, Arguments),
         Opts = Opts](llvm::PassBuilder &PB) { registerPasses(PB, R, Opts); });
    // -save-temps compiles in steps: the step that has our passes would be told
    // to run none, and the one that runs passes reads IR, for which clang loads
    // no front-end plugin's passes.
    if (CodeGen.DisableLLVMPasses && !CodeGen.SaveTempsFilePrefix.empty())
      CodeGen.DisableLLVMPasses = false;
    if (Opts.kernelEvents())
      writeEventsAtEndOfFile(CI, Opts);
    return std::make_unique<Consumer>(CI, Opts, std::move(Arguments));
  }

  bool ParseArgs(const CompilerInstance &CI,
                 const std::vector<std::string> &Arguments) override {
    for (StringRef A : Arguments)
      if (!parse(CI.getDiagnostics(), A))
        return false;
    return true;
  }

  ActionType getActionType() override { return AddBeforeMainAction; }

private:
  struct Option {
    StringRef Key;
    StringRef Values; ///< As the message about a wrong one names them.
    bool (*Take)(Options &Opts, StringRef Value);
  };

  static bool takeSwitch(bool &Switch, StringRef Value) {
    Switch = Value == "on";
    return Value == "on" || Value == "off";
  }

  static constexpr Option Known[] = {
      {"system", "a name of letters, digits and '_'",
       [](Options &Opts, StringRef Value) {
         Opts.System = Value.str();
         return isIdentifier(Value);
       }},
      {"warn", "'on' or 'off'",
       [](Options &Opts, StringRef Value) {
         return takeSwitch(Opts.WarnArguments, Value);
       }},
      {"hoist", "'on' or 'off'",
       [](Options &Opts, StringRef Value) {
         return takeSwitch(Opts.Hoist, Value);
       }},
      {"usdt", "'on', 'off' or 'site'",
       [](Options &Opts, StringRef Value) {
         Opts.Usdt = Value == "site" ? Usdt::Site
                     : Value == "on" ? Usdt::Slow
                                     : Usdt::Off;
         return Value == "on" || Value == "off" || Value == "site";
       }},
      {"emit-rust", "the name of a file",
       [](Options &Opts, StringRef Value) {
         Opts.EmitRust = Value.str();
         return !Value.empty();
       }},
      {"abi", "'linux'",
       [](Options &Opts, StringRef Value) {
         return Opts.Linux = Value == "linux";
       }},
      {"objtool", "'on' or 'off'",
       [](Options &Opts, StringRef Value) {
         return takeSwitch(Opts.Objtool, Value);
       }},
      {"emit-kernel", "the name of a folder",
       [](Options &Opts, StringRef Value) {
         Opts.KernelText = Value.str();
         return !Value.empty();
       }},
  };

  bool parse(DiagnosticsEngine &Diags, StringRef Argument) {
    auto [Key, Value] = Argument.split('=');
    std::string Names;
    for (const Option &Each : Known) {
      if (Each.Key != Key) {
        Names += (Names.empty() ? "" : ", ") + Each.Key.str();
        continue;
      }
      if (Each.Take(Opts, Value))
        return true;
      Diags.Report(Diags.getCustomDiagID(
          DiagnosticsEngine::Error,
          "'%0' is no value of -fplugin-arg-trace-%1; use %2"))
          << Value << Key << Each.Values;
      return false;
    }
    Diags.Report(Diags.getCustomDiagID(
        DiagnosticsEngine::Error,
        "the trace plugin has no option '%0'; -fplugin-arg-trace-KEY=VALUE has "
        "the keys %1"))
        << Key << Names;
    return false;
  }

  Options Opts;
};

FrontendPluginRegistry::Add<Action>
    Registered("trace", "trace points that the compiler writes");

} // namespace
} // namespace trace
