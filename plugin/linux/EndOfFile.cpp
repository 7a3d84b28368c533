//===- EndOfFile.cpp - what a kernel source ends in -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A front-end plugin is told of the end of a file when it is too late to parse
// more. So the file gets one more line, a pragma of ours, and what the pragma
// finds is read in its place, as an #include is.
//
//===----------------------------------------------------------------------===//

#include "EndOfFile.h"
#include "Files.h"
#include "attribute/Declarations.h"
#include "attribute/Meaning.h"
#include "clang/AST/ASTContext.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Pragma.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;

namespace trace {
namespace {

constexpr llvm::StringLiteral PragmaName = "trace_events_of_this_file";

class EventsPragma : public PragmaHandler {
public:
  EventsPragma(CompilerInstance &CI, Options Opts)
      : PragmaHandler(PragmaName), CI(CI), Opts(std::move(Opts)) {}

  void HandlePragma(Preprocessor &PP, PragmaIntroducer Introducer,
                    Token &Token) override {
    while (Token.isNot(tok::eod))
      PP.Lex(Token);
    DiagnosticsEngine &Diags = CI.getDiagnostics();
    std::vector<LinuxGroup> Groups = describe();
    if (Groups.empty() || Diags.hasErrorOccurred())
      return;
    std::string Text;
    for (const LinuxGroup &Group : Groups)
      Text += siteText(Group, writeHeader(Group, Opts.KernelText, Diags));
    if (Diags.hasErrorOccurred())
      return;
    SourceManager &SM = CI.getSourceManager();
    FileID File = SM.createFileID(
        llvm::MemoryBuffer::getMemBufferCopy(Text, "<trace events>"),
        SrcMgr::C_User, 0, 0, Introducer.Loc);
    PP.EnterSourceFile(File, nullptr, Introducer.Loc);
  }

private:
  std::vector<LinuxGroup> describe() const {
    ASTContext &Context = CI.getASTContext();
    DeclarationSet Latest;
    for (FunctionDecl *F : takeDeclarations(Context)) {
      Latest.insert(F->getMostRecentDecl());
      noteDeclaration(*F);
    }
    bool Remarks =
        CI.getCodeGenOpts().OptimizationRemarkMissed.patternMatches("trace");
    for (FunctionDecl *F : Latest)
      giveMeaning(*F, Opts, Remarks);
    return groupEvents(Latest.getArrayRef(), Context);
  }

  CompilerInstance &CI;
  Options Opts;
};

} // namespace

void writeEventsAtEndOfFile(CompilerInstance &CI, const Options &Opts) {
  SourceManager &SM = CI.getSourceManager();
  OptionalFileEntryRef Main = SM.getFileEntryRefForID(SM.getMainFileID());
  if (!Main)
    return; // Standard input. Then a trace point is an error.
  std::optional<llvm::MemoryBufferRef> Content =
      SM.getMemoryBufferForFileOrNone(*Main);
  if (!Content || !makeFolder(Opts.KernelText, CI.getDiagnostics()))
    return;
  // The parser is one token ahead: the declaration lets it finish what is
  // before.
  std::string Text =
      (Content->getBuffer() + "\nstruct trace_end_of_this_file;\n#pragma " +
       PragmaName + "\n")
          .str();
  SM.overrideFileContents(
      *Main, llvm::MemoryBuffer::getMemBufferCopy(Text, Main->getName()));
  Preprocessor &PP = CI.getPreprocessor();
  PP.AddPragmaHandler(new EventsPragma(CI, Opts));
  // Linux's macros include the header once more, by its name.
  if (OptionalDirectoryEntryRef Folder =
          CI.getFileManager().getOptionalDirectoryRef(Opts.KernelText))
    PP.getHeaderSearchInfo().AddSearchPath(
        DirectoryLookup(*Folder, SrcMgr::C_User, /*isFramework=*/false),
        /*isAngled=*/true);
}

} // namespace trace
