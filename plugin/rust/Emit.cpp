//===- Emit.cpp - -fplugin-arg-trace-emit-rust=FILE -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit.h"
#include "Module.h"
#include "attribute/Meaning.h"
#include "trace/targets.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace trace {
namespace {

class Emitter {
public:
  Emitter(CompilerInstance &CI, Usdt Probes)
      : CI(CI), Diags(CI.getDiagnostics()), Parts(CI, Probes) {}

  void add(const FunctionDecl &F, Event E);
  void write(StringRef Path);

private:
  template <unsigned N>
  DiagnosticBuilder error(SourceLocation Where, const char (&Text)[N]) {
    return Diags.Report(Where,
                        Diags.getCustomDiagID(DiagnosticsEngine::Error, Text));
  }

  bool takeName(const FunctionDecl &F, const Event &E, StringRef Name);
  bool addParameters(const FunctionDecl &F, RustEvent &R);
  void addEnumeration(RustSystem &S, const EnumDecl &E, const Field &F);
  RustSystem &system(StringRef Name);
  RustTarget target() const;

  CompilerInstance &CI;
  DiagnosticsEngine &Diags;
  PartsCompiler Parts;
  std::vector<RustSystem> Systems; ///< In the order of their first events.
  /// What has a name in a module of Rust: "system::name".
  llvm::StringMap<const Decl *> Names;
  llvm::DenseMap<const EnumDecl *, std::string> Enumerations;
};

/// Rust has no overloading.
bool Emitter::takeName(const FunctionDecl &F, const Event &E, StringRef Name) {
  auto [Entry, New] =
      Names.try_emplace(E.System + "::" + Name.str(), F.getCanonicalDecl());
  if (New)
    return true;
  error(F.getLocation(),
        "trace event %0 can't be called from Rust: another one is %1 there, "
        "and Rust has no overloading; give it a name or a system of its own")
      << &F << Entry->getKey();
  Diags.Report(
      Entry->second->getLocation(),
      Diags.getCustomDiagID(DiagnosticsEngine::Note, "the other one is here"));
  return false;
}

bool Emitter::addParameters(const FunctionDecl &F, RustEvent &R) {
  for (const Field &Each : R.Described.Fields) {
    const ParmVarDecl *P = F.getParamDecl(Each.Argument);
    std::optional<RustParameter> Carried = rustParameter(*P, R.Described, Each);
    if (!Carried) {
      error(P->getLocation(), "parameter %0 of trace event %1 has type %2, "
                              "which has no counterpart in Rust")
          << P << &F << P->getType();
      return false;
    }
    R.Parameters.push_back(std::move(*Carried));
  }
  return true;
}

void Emitter::addEnumeration(RustSystem &S, const EnumDecl &E, const Field &F) {
  auto [Known, New] = Enumerations.try_emplace(E.getCanonicalDecl(), S.Name);
  std::string Name = rustName(E);
  if (New) {
    S.Enumerations.push_back(
        {Name, rustInteger(F.Size, F.Signed), documentation(E), F.Enumerators});
    return;
  }
  std::string Import = rustIdentifier(Known->second) + "::" + Name;
  if (Known->second != S.Name && !llvm::is_contained(S.Imports, Import))
    S.Imports.push_back(Import);
}

void Emitter::add(const FunctionDecl &F, Event E) {
  if (E.Internal) {
    error(F.getLocation(),
          "trace event %0 can't be called from Rust: it belongs to one "
          "translation unit alone; declare it outside of unnamed namespaces")
        << &F;
    return;
  }
  if (!takeName(F, E, E.Name) || !takeName(F, E, E.Name + "_enabled"))
    return;
  RustEvent R;
  R.Described = std::move(E);
  if (!addParameters(F, R))
    return;
  std::optional<RustParts> Compiled = Parts.compile(F);
  if (!Compiled)
    return;
  R.Parts = std::move(*Compiled);
  R.Documentation = documentation(F);
  RustSystem &S = system(R.Described.System);
  for (const Field &Each : R.Described.Fields)
    if (const EnumDecl *Type =
            Each.Bits
                ? nullptr
                : rustEnumeration(F.getParamDecl(Each.Argument)->getType()))
      addEnumeration(S, *Type, Each);
  S.Events.push_back(std::move(R));
}

RustSystem &Emitter::system(StringRef Name) {
  auto Found = llvm::find_if(
      Systems, [&](const RustSystem &S) { return S.Name == Name; });
  if (Found != Systems.end())
    return *Found;
  Systems.push_back({Name.str(), {}, {}, {}});
  return Systems.back();
}

RustTarget Emitter::target() const {
  const TargetInfo &Info = CI.getTarget();
  RustTarget T;
  T.Triple = Info.getTriple().str();
  T.Row = Parts.target();
  StringRef Arch = llvm::Triple::getArchTypeName(Info.getTriple().getArch());
  T.Arch = T.Row ? std::string(rust_arch(*T.Row, Arch)) : Arch.str();
  T.Form.AddressBytes =
      Info.getPointerWidth(LangAS::Default) / Info.getCharWidth();
  T.Form.BigEndian = Info.isBigEndian();
  return T;
}

void Emitter::write(StringRef Path) {
  if (Diags.hasErrorOccurred())
    return;
  std::string Image = Systems.empty() ? std::string() : Parts.image();
  // A temporary until the compiler knows that there is no error.
  std::unique_ptr<raw_pwrite_stream> OS =
      CI.createOutputFile(Path, /*Binary=*/false, /*RemoveFileOnSignal=*/true,
                          /*UseTemporary=*/true);
  if (!OS)
    return;
  StringRef Header = "-";
  if (!CI.getFrontendOpts().Inputs.empty() &&
      CI.getFrontendOpts().Inputs.front().isFile())
    Header = CI.getFrontendOpts().Inputs.front().getFile();
  writeRust(*OS, llvm::sys::path::filename(Header), target(), Systems, Image);
}

} // namespace

void emitRust(CompilerInstance &CI, ArrayRef<FunctionDecl *> Points,
              const Options &Opts) {
  Emitter Out(CI, Opts.Usdt);
  bool Any = false;
  for (const FunctionDecl *F : Points) {
    if (!isEvent(*F) || F->isDependentContext() || F->isInvalidDecl())
      continue;
    Any = true;
    if (std::optional<Event> E = meaningOf(*F))
      Out.add(*F, std::move(*E));
  }
  if (!Any)
    CI.getDiagnostics().Report(CI.getDiagnostics().getCustomDiagID(
        DiagnosticsEngine::Warning,
        "no trace event is declared here, so '%0' has none"))
        << Opts.EmitRust;
  Out.write(Opts.EmitRust);
}

} // namespace trace
