//===- recording.cpp - A recording, opened to read ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "recording.h"
#include "../elf_image.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace trace::recording {
namespace {

/// Of the processes' directories, by name.
Expected<std::vector<std::string>> findProcesses(StringRef Directory) {
  std::vector<std::string> Paths;
  std::error_code Error;
  for (sys::fs::directory_iterator I(Directory, Error), End; !Error && I != End;
       I.increment(Error))
    if (I->type() == sys::fs::file_type::directory_file && isProcess(I->path()))
      Paths.push_back(I->path());
  if (Error)
    return createStringError(Error, "%s: %s", Directory.str().c_str(),
                             Error.message().c_str());
  sort(Paths);
  return Paths;
}

Expected<Session> readSession(const Twine &Path) {
  Expected<Bytes> Data = readFile(Path, sizeof(trace_session));
  if (!Data)
    return Data.takeError();
  Expected<Session> Result = decodeSession(*Data);
  if (!Result)
    return failure(Path + ": " + toString(Result.takeError()));
  return Result;
}

} // namespace

Expected<Recording> Recording::open(StringRef Directory, Report Damaged) {
  Directory = Directory.size() > 1 ? Directory.rtrim('/') : Directory;
  Recording Result;
  std::vector<std::string> Paths;
  const bool IsOneProcess = isProcess(Directory);
  if (IsOneProcess) {
    Paths.push_back(Directory.str());
  } else {
    Expected<std::vector<std::string>> Found = findProcesses(Directory);
    if (!Found)
      return Found.takeError();
    Paths = std::move(*Found);
  }
  Expected<recording::Session> Session =
      readSession(Directory + (IsOneProcess ? "/../session" : "/session"));
  if (Session) {
    Result.Session = *Session;
  } else if (Paths.empty()) {
    consumeError(Session.takeError());
    return failure(Directory + ": not a recording");
  } else {
    Result.Session = sessionWithoutClock();
    Damaged(toString(Session.takeError()) +
            "; times are in ticks of an unknown clock");
  }
  Result.Damaged = std::make_unique<Report>(std::move(Damaged));
  for (std::string &Path : Paths)
    Result.Processes.push_back(
        openProcess(std::move(Path), Result.Processes.size(),
                    Result.Session.Order, Result.EventCount, *Result.Damaged));
  return Result;
}

} // namespace trace::recording
