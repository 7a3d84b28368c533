//===- files.h - Reading what a process has left ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECOVER_FILES_H
#define TRACE_TOOL_RECOVER_FILES_H

#include "../../runtime/recording/file.h"
#include "../elf_image.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace trace {

/// `Number`: an errno.
llvm::Error failed(const llvm::Twine &Path, int Number);

/// Reads a struct at `At`. Fails where the file ends before it.
template <typename T>
llvm::Error readStruct(const File &From, llvm::StringRef Path, uint64_t At,
                       T &Into) {
  long Count = From.read(&Into, sizeof Into, At);
  if (Count < 0)
    return failed(Path, static_cast<int>(-Count));
  if (static_cast<size_t>(Count) != sizeof Into)
    return failure(Path + ": cut off");
  return llvm::Error::success();
}

/// Names in a folder, sorted.
llvm::Expected<std::vector<std::string>> namesIn(llvm::StringRef Folder);

} // namespace trace

#endif
