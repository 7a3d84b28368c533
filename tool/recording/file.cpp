//===- file.cpp - A file of a recording, to read --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "file.h"
#include "../elf_image.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Errno.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace llvm;

namespace trace::recording {

Expected<File> File::open(const Twine &Path) {
  SmallString<128> Storage;
  StringRef Name = Path.toNullTerminatedStringRef(Storage);
  // O_NONBLOCK: a FIFO must not make us wait for who never comes.
  int Descriptor = sys::RetryAfterSignal(-1, [&] {
    return ::open(Name.data(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  });
  if (Descriptor < 0) {
    std::error_code Code(errno, std::generic_category());
    return createStringError(Code, "%s: %s", Name.data(),
                             Code.message().c_str());
  }
  struct stat Status;
  if (::fstat(Descriptor, &Status) != 0 || !S_ISREG(Status.st_mode)) {
    ::close(Descriptor);
    return failure(Name + ": not a regular file");
  }
  return File(Descriptor, static_cast<uint64_t>(Status.st_size));
}

File::File(File &&Other) noexcept
    : Descriptor(std::exchange(Other.Descriptor, -1)), Size(Other.Size) {}

File::~File() {
  if (Descriptor >= 0)
    ::close(Descriptor);
}

size_t File::read(MutableArrayRef<uint8_t> To, uint64_t Offset) const {
  size_t Count = 0;
  while (Count < To.size()) {
    ssize_t More = sys::RetryAfterSignal(-1, ::pread, Descriptor,
                                         To.data() + Count, To.size() - Count,
                                         static_cast<off_t>(Offset + Count));
    if (More <= 0)
      break;
    Count += static_cast<size_t>(More);
  }
  return Count;
}

void File::read(Bytes &To, uint64_t Offset, size_t Count) const {
  To.resize_for_overwrite(Count);
  To.truncate(read(MutableArrayRef<uint8_t>(To), Offset));
}

Expected<Bytes> readFile(const Twine &Path, uint64_t BytesMax) {
  Expected<File> Opened = File::open(Path);
  if (!Opened)
    return Opened.takeError();
  Bytes Result;
  Opened->read(Result, 0, std::min(Opened->size(), BytesMax));
  return Result;
}

} // namespace trace::recording
