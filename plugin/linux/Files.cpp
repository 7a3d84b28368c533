//===- Files.cpp - the files of emit-kernel=DIR ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Files.h"
#include "attribute/Names.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace trace {
namespace {

std::optional<Event> eventOf(const FunctionDecl &F) {
  for (const auto *A : F.specific_attrs<AnnotateAttr>()) {
    StringRef Text = A->getAnnotation();
    if (!Text.consume_front(carrier::Event))
      continue;
    if (llvm::Expected<Event> E = fromText(Text))
      return std::move(*E);
    else
      llvm::consumeError(E.takeError());
  }
  return std::nullopt;
}

/// binder.c and its system binder: binder_trace. Of a header that it includes,
/// or of another system, there may be more.
std::string stemFor(const LinuxGroup &Group) {
  std::string Stem = asIdentifier(path::stem(Group.Source));
  std::string Text = Stem;
  if (!Group.Main)
    Text += "_h";
  if (Group.System != Stem)
    Text += "_" + Group.System;
  return Text + "_trace";
}

LinuxGroup &groupOf(std::vector<LinuxGroup> &Groups, const Event &E,
                    bool Main) {
  for (LinuxGroup &Group : Groups)
    if (Group.System == E.System && Group.Source == E.File)
      return Group;
  LinuxGroup Group;
  Group.System = E.System;
  Group.Source = E.File;
  Group.Main = Main;
  Group.Stem = stemFor(Group);
  return *Groups.insert(Main ? Groups.end() : Groups.begin(), Group);
}

template <unsigned N>
DiagnosticBuilder error(DiagnosticsEngine &Diags, SourceLocation Where,
                        const char (&Text)[N]) {
  return Diags.Report(Where,
                      Diags.getCustomDiagID(DiagnosticsEngine::Error, Text));
}

/// Its absolute path, or an empty one after an error. A file of the same
/// content is left alone, for the sake of make(1).
std::string write(StringRef Folder, const Twine &Name, StringRef Text,
                  DiagnosticsEngine &Diags) {
  SmallString<128> Path(Folder);
  path::append(Path, Name);
  if (std::error_code Code = fs::make_absolute(Path)) {
    error(Diags, {}, "'%0' cannot be written: %1") << Path << Code.message();
    return "";
  }
  if (auto Old = llvm::MemoryBuffer::getFile(Path)) {
    StringRef Content = (*Old)->getBuffer();
    if (Content == Text)
      return std::string(Path);
    if (!Content.split('\n').first.contains(MadeBy)) {
      error(Diags, {},
            "'%0' was not made by the trace plugin and is left alone; give "
            "-fplugin-arg-trace-emit-kernel another folder")
          << Path;
      return "";
    }
  }
  // By way of another name: other compilers may write or read it.
  if (llvm::Error E = llvm::writeToOutput(Path, [&](raw_ostream &Out) {
        Out << Text;
        return llvm::Error::success();
      })) {
    error(Diags, {}, "'%0' cannot be written: %1")
        << Path << llvm::toString(std::move(E));
    return "";
  }
  return std::string(Path);
}

} // namespace

std::vector<LinuxGroup> groupEvents(ArrayRef<FunctionDecl *> Declared,
                                    ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  std::vector<LinuxGroup> Groups;
  llvm::StringMap<const FunctionDecl *> Known;
  for (const FunctionDecl *F : Declared) {
    std::optional<Event> E = eventOf(*F);
    if (!E || (E->Traced && !F->isDefined()))
      continue;
    auto [Other, New] = Known.try_emplace(E->Name, F);
    if (!New) {
      error(Context.getDiagnostics(), F->getLocation(),
            "the kernel would have two trace events '%0', %1 and %2; name one "
            "of them otherwise")
          << E->Name << Other->second << F;
      continue;
    }
    bool Main = SM.isInMainFile(SM.getExpansionLoc(F->getLocation()));
    groupOf(Groups, *E, Main).Events.push_back(describeForLinux(*F, *E));
  }
  return Groups;
}

bool makeFolder(StringRef Folder, DiagnosticsEngine &Diags) {
  std::error_code Code = fs::create_directories(Folder);
  if (Code)
    error(Diags, {},
          "the folder '%0' of -fplugin-arg-trace-emit-kernel cannot "
          "be made: %1")
        << Folder << Code.message();
  return !Code;
}

std::string writeHeader(const LinuxGroup &Group, StringRef Folder,
                        DiagnosticsEngine &Diags) {
  return write(Folder, Group.Stem + ".h", headerText(Group), Diags);
}

void writeSources(ArrayRef<LinuxGroup> Groups, StringRef Folder,
                  DiagnosticsEngine &Diags) {
  if (Groups.empty() || Diags.hasErrorOccurred() || !makeFolder(Folder, Diags))
    return;
  for (const LinuxGroup &Group : Groups) {
    writeHeader(Group, Folder, Diags);
    write(Folder, Group.Stem + ".c", definitionText(Group), Diags);
    write(Folder, Group.Stem + ".rs", rustText(Group), Diags);
  }
}

} // namespace trace
