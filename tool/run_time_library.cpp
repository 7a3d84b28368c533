//===- run_time_library.cpp - The library that `run` preloads -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `tracepoint` may be copied to another machine as one file, so it carries the
// library (run_time_library_bytes.S).
//
//===----------------------------------------------------------------------===//

#include "run_time_library.h"
#include "elf_image.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace llvm;

extern "C" const char run_time_library_bytes[];
extern "C" const uint64_t run_time_library_size;

namespace trace {

// The loader takes spaces and colons for separators (ld.so(8), LD_PRELOAD) and
// $ for the beginning of a token.
static bool canBePreloaded(StringRef Path) {
  return Path.find_first_of(" :$") == StringRef::npos;
}

static Error failed(const char *What) {
  return failure(Twine(What) + " the run-time library: " + strerror(errno));
}

static Expected<std::string> openEmbeddedCopy() {
  StringRef Bytes(run_time_library_bytes, run_time_library_size);
  int Memory = ::memfd_create(RunTimeLibraryName, MFD_ALLOW_SEALING);
  if (Memory < 0)
    return failed("cannot make a file in memory for");
  // High, because scripts and shells use the low ones as they like.
  if (int High = ::fcntl(Memory, F_DUPFD, 700); High >= 0) {
    ::close(Memory);
    Memory = High;
  }
  while (!Bytes.empty()) {
    ssize_t Written = ::write(Memory, Bytes.data(), Bytes.size());
    if (Written < 0 && errno == EINTR)
      continue;
    if (Written <= 0)
      return failed("cannot copy");
    Bytes = Bytes.drop_front(Written);
  }
  if (::fcntl(Memory, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW))
    return failed("cannot seal");
  return "/proc/self/fd/" + std::to_string(Memory);
}

Expected<std::string> runTimeLibraryPath() {
  SmallString<256> Path;
  if (std::error_code E = sys::fs::real_path("/proc/self/exe", Path))
    return failure("cannot read /proc/self/exe: " + E.message());
  sys::path::remove_filename(Path);
  sys::path::append(Path, "..", "lib", RunTimeLibraryName);
  SmallString<256> Real;
  if (!sys::fs::real_path(Path, Real) && canBePreloaded(Real))
    return Real.str().str();
  return openEmbeddedCopy();
}

} // namespace trace
