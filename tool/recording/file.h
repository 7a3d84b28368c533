//===- file.h - A file of a recording, to read ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORDING_FILE_H
#define TRACE_TOOL_RECORDING_FILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include <functional>

namespace trace::recording {

using Bytes = llvm::SmallVector<uint8_t, 0>;

/// Told of what is damaged, and where; reading goes on. The text begins with
/// the file's name.
using Report = std::function<void(const llvm::Twine &Text)>;

/// Read by pread, never mapped: a file that shrinks meanwhile is no SIGBUS.
class File {
public:
  /// A regular file, and no symbolic link: a recording has none. Errors begin
  /// with the path.
  static llvm::Expected<File> open(const llvm::Twine &Path);
  File(File &&Other) noexcept;
  File &operator=(File &&) = delete;
  ~File();

  uint64_t size() const { return Size; } ///< when it was opened

  /// How many bytes were read: fewer than asked for at the file's end, and
  /// after an error.
  size_t read(llvm::MutableArrayRef<uint8_t> To, uint64_t Offset) const;

  /// The bytes from `Offset`, as many as there are of `Count`.
  void read(Bytes &To, uint64_t Offset, size_t Count) const;

private:
  File(int Descriptor, uint64_t Size) : Descriptor(Descriptor), Size(Size) {}

  int Descriptor;
  uint64_t Size;
};

/// All of a file, at most `BytesMax`.
llvm::Expected<Bytes> readFile(const llvm::Twine &Path, uint64_t BytesMax);

} // namespace trace::recording

#endif
