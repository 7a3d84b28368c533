//===- Parts.cpp - the parts of an event as assembly ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Parts.h"
#include "AssemblyText.h"
#include "Compat.h"
#include "collect/Collect.h"
#include "emit/Image.h"
#include "emit/Parts.h"
#include "emit/RecordFunction.h"
#include "emit/Thunk.h"
#include "emit/Usdt.h"
#include "lower/Target.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/GlobalDecl.h"
#include "clang/CodeGen/ModuleBuilder.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/Utils/Cloning.h"

using namespace clang;
using llvm::cast;
using llvm::dyn_cast;

namespace trace {

PartsCompiler::PartsCompiler(CompilerInstance &CI, Usdt Probes)
    : CI(CI), Probes(Probes), Context(std::make_unique<llvm::LLVMContext>()) {
  const clang::TargetOptions &Target = CI.getTargetOpts();
  llvm::TargetOptions Options;
  Options.UseInitArray = true;
  Options.MCOptions.AsmVerbose = false;
  Options.MCOptions.ABIName = Target.ABI;
  StringRef FloatABI = CI.getCodeGenOpts().FloatABI;
  if (FloatABI == "hard")
    Options.FloatABIType = llvm::FloatABI::Hard;
  else if (!FloatABI.empty())
    Options.FloatABIType = llvm::FloatABI::Soft;
  Machine = createTargetMachine(Target.Triple, Target.CPU,
                                llvm::join(Target.Features, ","), Options);
}

PartsCompiler::~PartsCompiler() = default;

/// What may be linked into an executable or a shared object.
static void makePositionIndependent(llvm::Module &M) {
  M.setModuleFlag(llvm::Module::Max, "PIC Level", llvm::PICLevel::BigPIC);
  M.setModuleFlag(llvm::Module::Max, "PIE Level", llvm::PIELevel::Default);
}

/// Leaves in \p M only what is in \p Own: the rest is in texts of their own.
static void declareOthers(llvm::Module &M, const llvm::Comdat *Own) {
  for (llvm::GlobalObject &G : M.global_objects()) {
    if (!G.hasComdat() || G.getComdat() == Own)
      continue;
    if (auto *F = dyn_cast<llvm::Function>(&G))
      F->deleteBody();
    if (auto *V = dyn_cast<llvm::GlobalVariable>(&G)) {
      V->setInitializer(nullptr);
      V->setExternallyInitialized(false);
    }
    G.setComdat(nullptr);
    G.setLinkage(llvm::GlobalValue::ExternalLinkage);
  }
}

static void optimize(llvm::Module &M, llvm::TargetMachine &Machine) {
  llvm::PassBuilder PB(&Machine);
  llvm::LoopAnalysisManager LAM;
  llvm::FunctionAnalysisManager FAM;
  llvm::CGSCCAnalysisManager CGAM;
  llvm::ModuleAnalysisManager MAM;
  PB.registerModuleAnalyses(MAM);
  PB.registerCGSCCAnalyses(CGAM);
  PB.registerFunctionAnalyses(FAM);
  PB.registerLoopAnalyses(LAM);
  PB.crossRegisterProxies(LAM, FAM, CGAM, MAM);
  PB.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O2).run(M, MAM);
}

std::string PartsCompiler::assemble(llvm::Module &M, StringRef Guard) {
  optimize(M, *Machine);
  llvm::SmallString<4096> Text;
  llvm::raw_svector_ostream OS(Text);
  llvm::legacy::PassManager Passes;
  if (Machine->addPassesToEmitFile(Passes, OS, nullptr,
                                   llvm::CodeGenFileType::AssemblyFile))
    return {};
  Passes.run(M);
  return repeatable(Text, Guard);
}

/// Several events have such a function: the assembler takes the first that it
/// meets.
std::string PartsCompiler::sharedText(const llvm::Module &M, StringRef Name) {
  std::unique_ptr<llvm::Module> Own = llvm::CloneModule(M);
  llvm::Function *F = Own->getFunction(Name);
  declareOthers(*Own, F->getComdat());
  // Its callers are not here: else it would be dropped.
  F->setLinkage(llvm::GlobalValue::WeakODRLinkage);
  return assemble(*Own, Name);
}

std::optional<RustParts> PartsCompiler::compile(const FunctionDecl &Event) {
  ASTContext &AST = CI.getASTContext();
  DiagnosticsEngine &Diags = CI.getDiagnostics();
  if (!Machine || Diags.hasErrorOccurred())
    return std::nullopt;
  // As a translation unit that does nothing but take the event's address.
  CodeGenOptions Options = CI.getCodeGenOpts();
  Options.setDebugInfo(llvm::codegenoptions::NoDebugInfo);
  std::unique_ptr<CodeGenerator> Generator(CreateLLVMCodeGen(
      Diags, "trace", CI.getFileManager().getVirtualFileSystemPtr(),
      CI.getHeaderSearchOpts(), CI.getPreprocessorOpts(), Options, *Context));
  Generator->Initialize(AST);
  auto *F = cast<llvm::Function>(
      Generator->GetAddrOfGlobal(GlobalDecl(&Event), /*isForDefinition=*/false)
          ->stripPointerCasts());
  Generator->HandleTranslationUnit(AST);
  std::unique_ptr<llvm::Module> M(Generator->ReleaseModule());
  if (!M)
    return std::nullopt;
  makePositionIndependent(*M);

  Collection Found = collect(*M);
  auto Point = Found.Points.find(F);
  if (Point == Found.Points.end())
    return std::nullopt;
  F->removeFnAttr("dontcall-error");
  Row = targetOf(*F);
  PartsMaker Made(*M, Probes);
  const Parts &P = Made.of(Point->second, *F);
  if (!P.Group ||
      !takesArguments(*P.Thunk->getFunctionType(), *F->getFunctionType())) {
    Diags.Report(Event.getLocation(),
                 Diags.getCustomDiagID(
                     DiagnosticsEngine::Error,
                     "trace event %0 can't be called from Rust on this target: "
                     "its parameters can't be recorded as they are passed, or "
                     "its object files have no groups"))
        << &Event;
    return std::nullopt;
  }
  Made.define(*F, Point->second, P);
  writeRecordFunctions(*M);
  if (!Empty) {
    Empty = std::make_unique<llvm::Module>("trace", *Context);
    Empty->setTargetTriple(M->getTargetTriple());
    Empty->setDataLayout(M->getDataLayout());
    makePositionIndependent(*Empty);
  }
  RustParts Result = {F->getName().str(),
                      P.Key->getName().str(),
                      P.Thunk->getName().str(),
                      P.Thunk->getCallingConv() ==
                          llvm::CallingConv::PreserveMost,
                      {}};
  for (const llvm::Function &Shared : *M)
    if (const llvm::Comdat *Group = Shared.getComdat();
        Group && Group != P.Group && Group->getName() == Shared.getName())
      Result.Assembly += sharedText(*M, Shared.getName());
  declareOthers(*M, P.Group);
  Result.Assembly += assemble(*M, Result.Key);
  return Result;
}

std::string PartsCompiler::image() {
  emitImage(*Empty);
  if (Probes == Usdt::Slow)
    usdtBase(*Empty);
  return assemble(*Empty, "__trace_note");
}

} // namespace trace
