//===- run.cpp - tracepoint run -------------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run.h"
#include "patterns.h"
#include "program.h"
#include "run_time_library.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <cstdlib>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

raw_ostream &message() { return errs() << "tracepoint: "; }

// The program may change its folder before anything is written. A slash at the
// end stays.
std::string absolute(StringRef Output) {
  SmallString<256> Path(Output);
  if (sys::fs::make_absolute(Path))
    return Output.str();
  return Path.str().str();
}

Error setEnvironment(const Program &Traced, const Wanted &Wishes) {
  if (Traced.Need == RuntimeNeed::Preload) {
    Expected<std::string> Library = runTimeLibraryPath();
    if (!Library)
      return Library.takeError();
    std::string Others = sys::Process::GetEnv("LD_PRELOAD").value_or("");
    if (!Others.empty())
      *Library += ":" + Others;
    ::setenv("LD_PRELOAD", Library->c_str(), 1);
  }
  ::setenv("TRACE_ENABLE", join(Wishes.Patterns, ",").c_str(), 1);
  if (!Wishes.Snapshots.empty())
    ::setenv("TRACE_SNAPSHOT", join(Wishes.Snapshots, ",").c_str(), 1);
  if (!Wishes.Output.empty())
    ::setenv("TRACE_OUTPUT", absolute(Wishes.Output).c_str(), 1);
  return Error::success();
}

} // namespace

int execute(const std::string &Path, ArrayRef<std::string> Command) {
  std::vector<char *> Arguments;
  for (const std::string &Argument : Command)
    Arguments.push_back(const_cast<char *>(Argument.c_str()));
  Arguments.push_back(nullptr);
  errs().flush();
  // execvp: a script without #! is the shell's.
  ::execvp(Path.c_str(), Arguments.data());
  int Error = errno;
  message() << Command.front() << ": " << std::strerror(Error) << "\n";
  return Error == ENOENT ? NotFound : CannotExecute;
}

int prepareProgram(const Wanted &Wishes, ArrayRef<std::string> Command,
                   std::string &Found) {
  if (!checkPatterns("-e", Wishes.Patterns) ||
      !checkPatterns("--snapshot", Wishes.Snapshots))
    return UsageMistake;
  Expected<std::string> Path = findProgram(Command.front());
  if (!Path) {
    std::error_code Code = errorToErrorCode(Path.takeError());
    message() << Command.front() << ": " << Code.message() << "\n";
    return Code.value() == ENOENT ? NotFound : CannotExecute;
  }
  Expected<Program> Traced = inspectProgram(*Path);
  if (!Traced) {
    message() << *Path << ": " << toString(Traced.takeError()) << "\n";
    return CannotExecute;
  }
  if (Traced->Need == RuntimeNeed::Cannot) {
    message() << *Path
              << ": statically linked, so the run-time library can't be "
                 "preloaded into it; link it with -ltracepoint\n";
    return CannotExecute;
  }
  if (!Traced->Privileged.empty() && Traced->Need == RuntimeNeed::Preload)
    message() << "warning: " << *Path << ": " << Traced->Privileged
              << ", so the loader ignores LD_PRELOAD and nothing will be "
                 "traced; run it as its owner\n";
  if (Error E = setEnvironment(*Traced, Wishes)) {
    message() << toString(std::move(E)) << "\n";
    return OwnFailure;
  }
  Found = std::move(*Path);
  return 0;
}

int run(ArrayRef<std::string> Patterns, StringRef Output,
        ArrayRef<std::string> Command) {
  std::string Path;
  if (int Status = prepareProgram({Patterns, {}, Output.str()}, Command, Path))
    return Status;
  return execute(Path, Command);
}

} // namespace trace
