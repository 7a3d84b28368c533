//===- snapshot.cpp - tracepoint snapshot ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "snapshot.h"
#include "attach/recording.h"
#include "elf_image.h"
#include "snapshot_copy.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

/// The directory into which the process records: it has the file `process`
/// mapped (proc_pid_maps(5)).
Expected<std::string> directoryOf(StringRef Pid) {
  std::string Maps = ("/proc/" + Pid + "/maps").str();
  auto Buffer = MemoryBuffer::getFileAsStream(Maps);
  if (!Buffer)
    return failure("process " + Pid + ": " + Buffer.getError().message());
  StringRef Rest = (*Buffer)->getBuffer();
  while (!Rest.empty()) {
    StringRef Line;
    std::tie(Line, Rest) = Rest.split('\n');
    StringRef Path = Line.substr(Line.find('/'));
    if (!Path.consume_back("/process"))
      continue;
    std::string Directory = sys::path::parent_path(Path).str();
    if (sys::fs::exists(Directory + "/session"))
      return Directory;
  }
  return failure("process " + Pid + " records nothing");
}

/// DIR.1, DIR.2, ...: the first that is not there.
std::string freeName(const std::string &Directory) {
  for (unsigned N = 1;; ++N)
    if (std::string Name = Directory + "." + std::to_string(N);
        !sys::fs::exists(Name))
      return Name;
}

Expected<std::string> snapshotInto(StringRef Source, StringRef Output) {
  std::string From = Source.rtrim('/').str();
  uint64_t Pid;
  if (!Source.getAsInteger(10, Pid) && !sys::fs::exists(Source)) {
    Expected<std::string> Directory = directoryOf(Source);
    if (!Directory)
      return Directory.takeError();
    From = *Directory;
  }
  std::string To = Output.empty() ? freeName(From) : Output.rtrim('/').str();
  if (Error E = copyRecording(From, To))
    return E;
  return To;
}

Expected<std::string> snapshotOf(pid_t Pid, StringRef Output) {
  auto Process = AttachedProcess::open(Pid);
  if (!Process)
    return Process.takeError();
  if (Error E = (*Process)->requireRuntime())
    return E;
  Expected<std::optional<LiveRecording>> Recording = liveRecording(**Process);
  if (!Recording)
    return Recording.takeError();
  if (!*Recording)
    return failure("process " + Twine(Pid) + " records nothing");
  Expected<Directory> From = Directory::open(Pid, (*Recording)->Directory);
  if (!From)
    return From.takeError();
  // Beside it, or here if its place is not one of ours.
  std::string To = Output.rtrim('/').str();
  if (To.empty() && hasOurRoot(Pid))
    To = freeName(From->shown());
  else if (To.empty())
    To = freeName(sys::path::filename(From->shown()).str());
  if (Error E = copyRecording(From->path(), To))
    return E;
  return To;
}

int report(Expected<std::string> Directory) {
  if (!Directory) {
    errs() << "tracepoint: " << toString(Directory.takeError()) << "\n";
    return 1;
  }
  outs() << *Directory << "\n";
  return 0;
}

} // namespace

int snapshot(StringRef Source, StringRef Output) {
  return report(snapshotInto(Source, Output));
}

int snapshotProcess(pid_t Pid, StringRef Output) {
  return report(snapshotOf(Pid, Output));
}

} // namespace trace
