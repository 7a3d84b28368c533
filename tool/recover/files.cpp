//===- files.cpp - Reading what a process has left ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "files.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <cstring>

using namespace llvm;

namespace trace {

Error failed(const Twine &Path, int Number) {
  return failure(Path + ": " + std::strerror(Number));
}

Expected<std::vector<std::string>> namesIn(StringRef Folder) {
  std::vector<std::string> Names;
  std::error_code Code;
  for (sys::fs::directory_iterator I(Folder, Code, false), End;
       !Code && I != End; I.increment(Code))
    Names.push_back(sys::path::filename(I->path()).str());
  if (Code)
    return failed(Folder, Code.value());
  std::sort(Names.begin(), Names.end());
  return Names;
}

} // namespace trace
