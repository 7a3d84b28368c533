//===- program.cpp - What `run` has to know of a program ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program.h"
#include "elf_image.h"
#include "run_time_library.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace llvm;
using namespace llvm::object;

namespace trace {
namespace {

std::string whyPrivileged(const std::string &Path) {
  struct stat Status;
  if (::stat(Path.c_str(), &Status) != 0)
    return "";
  if ((Status.st_mode & S_ISUID) && Status.st_uid != ::geteuid())
    return "set-user-ID";
  if ((Status.st_mode & S_ISGID) && Status.st_gid != ::getegid())
    return "set-group-ID";
  if (::geteuid() != 0 &&
      ::getxattr(Path.c_str(), "security.capability", nullptr, 0) > 0)
    return "has file capabilities";
  return "";
}

// The loader's view (gABI, "Dynamic Section"): is there a loader, and does the
// program name the library as needed?
template <class ELFT>
Expected<RuntimeNeed> readLoaderNeeds(const ELFFile<ELFT> &File) {
  auto Headers = File.program_headers();
  if (!Headers)
    return Headers.takeError();
  bool Dynamic = false;
  for (const auto &Header : *Headers)
    Dynamic |= Header.p_type == ELF::PT_INTERP;
  if (!Dynamic)
    return RuntimeNeed::Cannot;
  auto Entries = File.dynamicEntries();
  if (!Entries)
    return Entries.takeError();
  uint64_t Strings = 0, StringsSize = 0;
  for (const auto &Entry : *Entries) {
    if (Entry.d_tag == ELF::DT_STRTAB)
      Strings = Entry.d_un.d_ptr;
    if (Entry.d_tag == ELF::DT_STRSZ)
      StringsSize = Entry.d_un.d_val;
  }
  Expected<const uint8_t *> Table = File.toMappedAddr(Strings);
  if (!Table)
    return Table.takeError();
  uint64_t Rest = File.end() - *Table;
  StringRef Text(reinterpret_cast<const char *>(*Table),
                 std::min(StringsSize, Rest));
  for (const auto &Entry : *Entries)
    if (Entry.d_tag == ELF::DT_NEEDED &&
        Text.substr(Entry.d_un.d_val).split('\0').first == RunTimeLibraryName)
      return RuntimeNeed::Has;
  return RuntimeNeed::Preload;
}

Error checkMachine(const ELFObjectFileBase &Object) {
  Triple::ArchType Host = Triple(sys::getProcessTriple()).getArch();
  bool SameWidth = Object.getBytesInAddress() == sizeof(void *);
  if (Object.getArch() == Host && SameWidth)
    return Error::success();
  return failure("a program for " + Triple::getArchTypeName(Object.getArch()) +
                 "; this tracepoint traces programs for its own architecture "
                 "only");
}

Expected<RuntimeNeed> inspectElf(const ELFObjectFileBase &Object) {
  if (Error E = checkMachine(Object))
    return E;
  Expected<ElfImage> Image = readElfImage(Object);
  if (!Image)
    return Image.takeError();
  if (Image->HasRuntime)
    return RuntimeNeed::Has;
  return visitElf(Object, [](const auto &F) { return readLoaderNeeds(F); });
}

bool isRegularFile(const std::string &Path) {
  return sys::fs::is_regular_file(Path);
}

} // namespace

Expected<std::string> findProgram(StringRef Name) {
  std::vector<std::string> Candidates;
  if (Name.contains('/')) {
    Candidates.push_back(Name.str());
  } else {
    SmallVector<StringRef> Folders;
    std::string Path = sys::Process::GetEnv("PATH").value_or("/bin:/usr/bin");
    StringRef(Path).split(Folders, ':');
    for (StringRef Folder : Folders)
      Candidates.push_back(
          ((Folder.empty() ? "." : Folder) + "/" + Name).str());
  }
  bool Denied = false;
  for (const std::string &Candidate : Candidates) {
    if (isRegularFile(Candidate) && ::access(Candidate.c_str(), X_OK) == 0)
      return Candidate;
    Denied |= sys::fs::exists(Candidate);
  }
  return errorCodeToError(
      std::error_code(Denied ? EACCES : ENOENT, std::generic_category()));
}

Expected<Program> inspectProgram(StringRef Path) {
  Program Result{Path.str(), RuntimeNeed::Preload, whyPrivileged(Path.str())};
  auto Buffer = MemoryBuffer::getFile(Path);
  if (!Buffer || !(*Buffer)->getBuffer().starts_with(StringRef("\177ELF", 4)))
    return Result;
  auto Object = ObjectFile::createELFObjectFile((*Buffer)->getMemBufferRef());
  if (!Object)
    return Object.takeError();
  Expected<RuntimeNeed> Need =
      inspectElf(*cast<ELFObjectFileBase>(Object->get()));
  if (!Need)
    return Need.takeError();
  Result.Need = *Need;
  return Result;
}

} // namespace trace
