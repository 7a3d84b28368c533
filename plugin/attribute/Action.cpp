//===- Action.cpp - the plugin "trace" ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Consumer.h"
#include "Names.h"
#include "Pipeline.h"
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
        [R = sourceReporter(CI, Arguments)](llvm::PassBuilder &PB) {
          registerPasses(PB, R);
        });
    // -save-temps compiles in steps: the step that has our passes would be told
    // to run none, and the one that runs passes reads IR, for which clang loads
    // no front-end plugin's passes.
    if (CodeGen.DisableLLVMPasses && !CodeGen.SaveTempsFilePrefix.empty())
      CodeGen.DisableLLVMPasses = false;
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
  bool parse(DiagnosticsEngine &Diags, StringRef Argument) {
    auto [Key, Value] = Argument.split('=');
    if (Key == "system" && isIdentifier(Value)) {
      Opts.System = Value.str();
      return true;
    }
    if (Key == "warn" && (Value == "on" || Value == "off")) {
      Opts.WarnArguments = Value == "on";
      return true;
    }
    if (Key == "system" || Key == "warn")
      Diags.Report(Diags.getCustomDiagID(
          DiagnosticsEngine::Error,
          "'%0' is no value of -fplugin-arg-trace-%1; use %select{a name of "
          "letters, digits and '_'|'on' or 'off'}2"))
          << Value << Key << (Key == "warn");
    else
      Diags.Report(Diags.getCustomDiagID(
          DiagnosticsEngine::Error,
          "the trace plugin has no option '%0'; it has -fplugin-arg-trace-"
          "system=NAME and -fplugin-arg-trace-warn=off"))
          << Key;
    return false;
  }

  Options Opts;
};

FrontendPluginRegistry::Add<Action>
    Registered("trace", "trace points that the compiler writes");

} // namespace
} // namespace trace
