//===- recovery.cpp - Completes recordings of ended processes -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The streams are written by the run time's own code (stream.h), so there is
// one description of how a stream grows.
//
//===----------------------------------------------------------------------===//

#include "recovery.h"
#include "../../runtime/recording/session.h"
#include "files.h"
#include "liveness.h"
#include "ring.h"
#include "stream_end.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

/// Keeps others from recovering the same process until its scope ends.
class FileLock {
public:
  explicit FileLock(const std::string &Path)
      : Descriptor(::open(Path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)),
        Number(Descriptor < 0 || ::flock(Descriptor, LOCK_EX) != 0 ? errno
                                                                   : 0) {}
  ~FileLock() {
    if (Descriptor >= 0)
      ::close(Descriptor);
  }
  FileLock(const FileLock &) = delete;
  FileLock &operator=(const FileLock &) = delete;
  int error() const { return Number; }

private:
  int Descriptor, Number;
};

/// One ring and its stream.
class RingRecovery {
public:
  RingRecovery(const Path &Directory, uint32_t Number,
               const trace_session &Session)
      : Session(Session),
        Options{Directory, Number, Session.packet_bytes, Session.file_bytes,
                0 /* keep: what is there stays */},
        Ring((Directory.text() + Twine("/ring-") + Twine(Number)).str()) {}

  Error run() {
    Expected<std::vector<RingPacket>> Packets = Ring.read(Session);
    if (!Packets)
      return Packets.takeError();
    Expected<Stream> End = findStreamEnd(Options);
    if (!End)
      return End.takeError();
    for (const RingPacket &Packet : *Packets)
      if (Error E = append(*End, Packet))
        return E;
    if (End->file_bytes)
      if (int Code = stream_cut(*End, Options))
        return streamFailed(Code);
    if (Packets->empty())
      return Error::success();
    return Ring.markAppended(Packets->back().Head.packet_seq_num);
  }

private:
  Error append(Stream &End, const RingPacket &From) {
    uint64_t Content = From.contentBytes();
    uint64_t Sequence = From.Head.packet_seq_num;
    if (Content <= sizeof(trace_packet))
      return Error::success();
    if (End.file_bytes && Sequence < End.sequence)
      return Error::success();
    bool Grows = End.has(Sequence) && Content > End.content;
    if (End.has(Sequence) && !Grows)
      return Error::success();
    Expected<std::vector<uint64_t>> Bytes = Ring.content(From);
    if (!Bytes)
      return Bytes.takeError();
    // A file that was cut has no room for what its last packet grew by.
    if (Grows && End.at + Content > End.file_bytes)
      if (int Code = stream_extend(End, Options))
        return streamFailed(Code);
    const StreamPacket Whole = {
        reinterpret_cast<const trace_packet *>(Bytes->data()), Content};
    if (int Code = stream_write(End, Options, {&Whole, 1}).error)
      return streamFailed(Code);
    return Error::success();
  }

  Error streamFailed(int Code) {
    return failed(Ring.path() + ": its stream", -Code);
  }

  const trace_session &Session;
  StreamOptions Options;
  RingFile Ring;
};

Expected<trace_session> readSession(StringRef Directory) {
  std::string Path = (Directory + "/session").str();
  File Session(Path.c_str(), O_RDONLY);
  if (Session.error())
    return failed(Path, -Session.error());
  trace_session Result;
  if (Error E = readStruct(Session, Path, 0, Result))
    return E;
  if (const char *Defect = session_defect(Result))
    return failure(Directory + ": " + Defect);
  return Result;
}

Error recoverRings(const Path &Directory, const trace_session &Session) {
  Expected<std::vector<std::string>> Names =
      namesIn(StringRef(Directory.c_str()));
  if (!Names)
    return Names.takeError();
  Error All = Error::success();
  for (StringRef Name : *Names) {
    uint32_t Number;
    if (!Name.consume_front("ring-") || Name.getAsInteger(10, Number))
      continue;
    // One bad ring does not keep the others from being recovered.
    All = joinErrors(std::move(All),
                     RingRecovery(Directory, Number, Session).run());
  }
  return All;
}

/// A recording is completed by its owner alone: in another user's directory,
/// which that user may change meanwhile, our writes could be led elsewhere. Who
/// we are to the file system, as AsOwner (attach/directory.h) changes it.
Error checkOwner(const std::string &Directory) {
  const auto User = static_cast<uid_t>(::setfsuid(static_cast<uid_t>(-1)));
  struct stat Status;
  if (::stat(Directory.c_str(), &Status) != 0)
    return failed(Directory, errno);
  if (Status.st_uid != User)
    return failure(Directory + ": it belongs to user " + Twine(Status.st_uid) +
                   ", who alone completes it: run `tracepoint recover` as "
                   "that user");
  return Error::success();
}

Expected<Recovery::Result> recoverIn(StringRef Directory, bool Ended) {
  if (Error E = checkOwner(Directory.str()))
    return E;
  Expected<trace_session> Session =
      readSession(sys::path::parent_path(Directory));
  if (!Session)
    return Session.takeError();
  std::string FilePath = (Directory + "/process").str();
  File Process(FilePath.c_str(), O_RDWR);
  if (Process.error())
    return failed(FilePath, -Process.error());
  FileLock Lock(FilePath);
  if (Lock.error())
    return failed(FilePath, Lock.error());

  trace_process Head;
  if (Error E = readStruct(Process, FilePath, 0, Head))
    return E;
  struct stat Status;
  if (int Code = Process.status(Status))
    return failed(FilePath, -Code);
  if (!Ended && mayRun(Head, Status))
    return Recovery::Running;
  if (Error E =
          recoverRings(Path({Directory.data(), Directory.size()}), *Session))
    return E;
  uint32_t State = TRACE_PROCESS_ENDED;
  if (int Code =
          Process.write({reinterpret_cast<const char *>(&State), sizeof State},
                        offsetof(trace_process, state)))
    return failed(FilePath, -Code);
  return Recovery::Complete;
}

} // namespace

Expected<std::vector<std::string>> processDirectories(StringRef Directory) {
  if (!sys::fs::exists(Directory + "/session"))
    return failure(Directory + (sys::fs::exists(Directory)
                                    ? ": no recording: it has no file `session`"
                                    : ": no such directory"));
  Expected<std::vector<std::string>> Names = namesIn(Directory);
  if (!Names)
    return Names.takeError();
  std::vector<std::string> Result;
  for (StringRef Name : *Names) {
    std::string Path = (Directory + "/" + Name).str();
    if (sys::fs::exists(Path + "/process"))
      Result.push_back(Path);
  }
  return Result;
}

Recovery recoverProcess(StringRef Directory, bool Ended) {
  Expected<Recovery::Result> Result = recoverIn(Directory, Ended);
  if (Result)
    return {Directory.str(), *Result, ""};
  return {Directory.str(), Recovery::Failed, toString(Result.takeError())};
}

Expected<std::vector<Recovery>> recover(StringRef Directory) {
  Expected<std::vector<std::string>> Processes = processDirectories(Directory);
  if (!Processes)
    return Processes.takeError();
  std::vector<Recovery> Results;
  for (StringRef Process : *Processes)
    Results.push_back(recoverProcess(Process));
  return Results;
}

int recoverCommand(ArrayRef<std::string> Directories) {
  bool Good = true;
  for (const std::string &Directory : Directories) {
    Expected<std::vector<Recovery>> Results = recover(Directory);
    if (!Results) {
      errs() << "tracepoint: " << toString(Results.takeError()) << "\n";
      Good = false;
      continue;
    }
    for (const Recovery &Each : *Results) {
      if (Each.Was == Recovery::Running)
        errs() << "tracepoint: " << Each.Directory << ": still running\n";
      if (Each.Was == Recovery::Failed)
        errs() << "tracepoint: " << Each.Why << "\n";
      Good &= Each.Was != Recovery::Failed;
    }
  }
  return Good ? 0 : 1;
}

} // namespace trace
