//===- recovery.cpp - Completes recordings of ended processes -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The streams are written by the run time's own code (stream.h), so there is
// one description of how a stream grows.
//
//===----------------------------------------------------------------------===//

#include "recovery.h"
#include "../runtime/recording/file.h"
#include "../runtime/recording/session.h"
#include "../runtime/recording/stream.h"
#include "elf_image.h"
#include "trace/recording.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/file.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

constexpr uint64_t Bits = 8;

Error failed(const Twine &Path, int Number) {
  return failure(Path + ": " + std::strerror(Number));
}

/// Reads a struct at `At`. Fails where the file ends before it.
template <typename T>
Error readStruct(const File &From, StringRef Path, uint64_t At, T &Into) {
  long Count = From.read(&Into, sizeof Into, At);
  if (Count < 0)
    return failed(Path, static_cast<int>(-Count));
  if (static_cast<size_t>(Count) != sizeof Into)
    return failure(Path + ": cut off");
  return Error::success();
}

/// Names in a folder, sorted.
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

/// stream-R or stream-R.N: N.
std::optional<uint32_t> pieceNumber(StringRef Name, uint32_t Ring) {
  uint32_t Number = 0;
  if (!Name.consume_front("stream-" + std::to_string(Ring)))
    return std::nullopt;
  if (Name.empty())
    return 0;
  if (!Name.consume_front(".") || Name.getAsInteger(10, Number))
    return std::nullopt;
  return Number;
}

bool isPacket(const trace_packet &Head, uint64_t BytesMax) {
  uint64_t Content = Head.content_size / Bits;
  return Head.magic == TRACE_PACKET_MAGIC && Content >= sizeof Head &&
         Content <= BytesMax;
}

/// Whether the process still has its file `process` mapped, which is so until
/// it ends or executes another program.
class Liveness {
public:
  Liveness(const trace_process &Head, const struct stat &File)
      : Head(Head), File(File) {}

  bool mayRun() const {
    struct stat Space;
    if (Head.pid_namespace && ::stat("/proc/self/ns/pid", &Space) == 0 &&
        Space.st_ino != Head.pid_namespace)
      return true; // of a container: its pid says nothing here
    std::string Path = "/proc/" + std::to_string(Head.pid) + "/maps";
    auto Maps = MemoryBuffer::getFileAsStream(Path);
    if (!Maps)
      return Maps.getError() != std::errc::no_such_file_or_directory &&
             Maps.getError() != std::errc::no_such_process;
    return hasMapping((*Maps)->getBuffer());
  }

private:
  // proc_pid_maps(5): addresses, rights, offset, major:minor, inode, path.
  bool hasMapping(StringRef Maps) const {
    std::string Inode = std::to_string(File.st_ino);
    while (!Maps.empty()) {
      StringRef Line;
      std::tie(Line, Maps) = Maps.split('\n');
      SmallVector<StringRef, 6> Words;
      Line.split(Words, ' ', 5, false);
      // Not the device: overlayfs and btrfs show another than stat does.
      if (Words.size() >= 6 && Words[4] == Inode &&
          Words[5].trim().contains("/process"))
        return true;
    }
    return false;
  }

  const trace_process &Head;
  const struct stat &File;
};

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

struct RingPacket {
  trace_packet Head;
  uint64_t At; // in the ring's file
};

/// One ring and its stream.
class RingRecovery {
public:
  RingRecovery(const Path &Directory, uint32_t Number,
               const trace_session &Session)
      : Directory(Directory), Session(Session),
        Options{Directory, Number, Session.packet_bytes, Session.file_bytes,
                0 /* keep: what is there stays */},
        RingPath((Directory.text() + Twine("/ring-") + Twine(Number)).str()),
        Ring(RingPath.c_str(), O_RDWR) {}

  Error run() {
    if (Ring.error())
      return failed(RingPath, -Ring.error());
    if (Error E = readRing())
      return E;
    if (Error E = findStream())
      return E;
    for (const RingPacket &Packet : Packets)
      if (Error E = append(Packet))
        return E;
    if (Stream.file_bytes)
      if (int Code = stream_cut(Stream, Options))
        return failed(RingPath + ": its stream", -Code);
    return markAppended();
  }

private:
  /// A ring that was being made at a kill is empty or without its magic number:
  /// it gets its size at once, and the number last.
  Error readRing() {
    struct stat Status;
    if (int Code = Ring.status(Status))
      return failed(RingPath, -Code);
    if (Status.st_size == 0)
      return Error::success();
    if (Error E = readStruct(Ring, RingPath, 0, Head))
      return E;
    if (Head.magic == 0)
      return Error::success();
    if (Head.magic != TRACE_RING_MAGIC ||
        Head.version != TRACE_RECORDING_VERSION ||
        Head.packet_bytes != Session.packet_bytes ||
        Head.packet_count != Session.packet_count)
      return failure(RingPath + ": damaged");
    for (uint32_t Place = 0; Place < Head.packet_count; ++Place) {
      RingPacket Packet;
      Packet.At = TRACE_RING_HEAD_BYTES + uint64_t{Place} * Head.packet_bytes;
      if (Error E = readStruct(Ring, RingPath, Packet.At, Packet.Head))
        return E;
      if (isPacket(Packet.Head, Head.packet_bytes) &&
          Packet.Head.packet_seq_num % Head.packet_count == Place &&
          Packet.Head.packet_seq_num >= Head.appended)
        Packets.push_back(Packet);
    }
    std::sort(Packets.begin(), Packets.end(),
              [](const RingPacket &A, const RingPacket &B) {
                return A.Head.packet_seq_num < B.Head.packet_seq_num;
              });
    dropBeforeGap();
    return Error::success();
  }

  /// In a snapshot's copy of a ring: what was copied before its thread had gone
  /// round. What is missing was overwritten, or is in the stream, which was
  /// copied later.
  void dropBeforeGap() {
    for (size_t I = Packets.size(); I > 1; --I)
      if (Packets[I - 2].Head.packet_seq_num + 1 !=
          Packets[I - 1].Head.packet_seq_num) {
        Packets.erase(Packets.begin(), Packets.begin() + (I - 1));
        return;
      }
  }

  /// A file that was being cut has a dot in front of its name.
  void unhide(StringRef Folder, ArrayRef<std::string> Names) {
    for (StringRef Name : Names)
      if (Name.starts_with(".") &&
          pieceNumber(Name.drop_front(), Options.ring)) {
        std::string Hidden = (Folder + "/" + Name).str();
        std::string Shown = (Folder + "/" + Name.drop_front()).str();
        // Its last packet's size may be wrong; stream_cut repairs that.
        if (!sys::fs::exists(Shown))
          ::rename(Hidden.c_str(), Shown.c_str());
      }
  }

  Error findStream() {
    std::string Folder = (Directory.text() + Twine("/ctf")).str();
    Expected<std::vector<std::string>> Names = namesIn(Folder);
    if (!Names)
      return Names.takeError();
    unhide(Folder, *Names);
    Names = namesIn(Folder);
    if (!Names)
      return Names.takeError();
    std::optional<uint32_t> Last;
    for (StringRef Name : *Names) {
      if (Name == ".new-" + std::to_string(Options.ring))
        ::unlink((Folder + "/" + Name).str().c_str());
      if (std::optional<uint32_t> N = pieceNumber(Name, Options.ring))
        Last = std::max(Last.value_or(0), *N);
    }
    if (!Last)
      return Error::success();
    std::string Path = Folder + "/stream-" + std::to_string(Options.ring);
    if (*Last > 0)
      Path += "." + std::to_string(*Last);
    return walkStream(Path, *Last);
  }

  /// From packet to packet, to the last.
  Error walkStream(const std::string &Path, uint32_t Number) {
    File Piece(Path.c_str(), O_RDONLY);
    if (Piece.error())
      return failed(Path, -Piece.error());
    struct stat Status;
    if (int Code = Piece.status(Status))
      return failed(Path, -Code);
    uint64_t Size = Status.st_size;
    for (uint64_t At = 0;;) {
      trace_packet Packet;
      if (Error E = readStruct(Piece, Path, At, Packet))
        return E;
      if (!isPacket(Packet, Size - At)) {
        if (At == 0)
          return failure(Path + ": damaged: not a stream");
        break; // a file that was being cut: the packet before is the last
      }
      Stream = {Size,
                Number,
                static_cast<uint64_t>(Status.st_dev),
                static_cast<uint64_t>(Status.st_ino),
                At,
                Packet.packet_seq_num,
                Packet.content_size / Bits};
      uint64_t Bytes = Packet.packet_size / Bits;
      if (Bytes < sizeof Packet || Bytes % sizeof(uint64_t) != 0)
        return failure(Path + ": damaged: a packet's size is wrong");
      if (Bytes > Size - At || Size - At - Bytes < sizeof Packet)
        break;
      At += Bytes;
    }
    return Error::success();
  }

  Error append(const RingPacket &From) {
    uint64_t Content = From.Head.content_size / Bits;
    uint64_t Sequence = From.Head.packet_seq_num;
    if (Content <= sizeof(trace_packet))
      return Error::success();
    if (Stream.file_bytes && Sequence < Stream.sequence)
      return Error::success();
    // Aligned as the struct.
    std::vector<uint64_t> Bytes((Content + 7) / 8);
    long Count = Ring.read(Bytes.data(), Content, From.At);
    if (Count < 0 || static_cast<uint64_t>(Count) != Content)
      return failed(RingPath, Count < 0 ? static_cast<int>(-Count) : EIO);
    const auto &Packet = *reinterpret_cast<trace_packet *>(Bytes.data());
    bool Grows = Stream.has(Sequence) && Content > Stream.content;
    if (Stream.has(Sequence) && !Grows)
      return Error::success();
    // A file that was cut has no room for what its last packet grew by.
    if (Grows && Stream.at + Content > Stream.file_bytes)
      if (int Code = stream_extend(Stream, Options))
        return failed(RingPath + ": its stream", -Code);
    const StreamPacket Whole = {&Packet, Content};
    if (int Code = stream_write(Stream, Options, {&Whole, 1}).error)
      return failed(RingPath + ": its stream", -Code);
    return Error::success();
  }

  Error markAppended() {
    if (Packets.empty())
      return Error::success();
    uint64_t Appended = Packets.back().Head.packet_seq_num + 1;
    if (int Code = Ring.write(
            {reinterpret_cast<const char *>(&Appended), sizeof Appended},
            offsetof(trace_ring_file, appended)))
      return failed(RingPath, -Code);
    return Error::success();
  }

  const Path &Directory;
  const trace_session &Session;
  StreamOptions Options;
  std::string RingPath;
  File Ring;
  trace_ring_file Head = {};
  std::vector<RingPacket> Packets; // newer than the stream's, in order
  struct Stream Stream = {};
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
  if (!Ended && Liveness(Head, Status).mayRun())
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
