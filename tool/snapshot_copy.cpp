//===- snapshot_copy.cpp - a copy of a recording that goes on -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The rings are copied before the streams: a packet that leaves its ring
// meanwhile is in the stream by then. Recovery makes one of both in the copy.
//
// A stream's last file has a hidden name while it changes its size, and a
// directory that is read meanwhile may show neither name. So that file is
// looked for by the name that its ring says, and under both.
//
//===----------------------------------------------------------------------===//

#include "snapshot_copy.h"
#include "../runtime/recording/file.h"
#include "attach/recording.h"
#include "elf_image.h"
#include "recover/recovery.h"
#include "trace/recording.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <set>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace llvm;

namespace trace {
namespace {

Error failed(const Twine &Path, int Number) {
  return failure(Path + ": " + std::strerror(Number));
}

Error makeDirectory(const std::string &Path) {
  return ::mkdir(Path.c_str(), 0700) == 0 ? Error::success()
                                          : failed(Path, errno);
}

/// A file of the recording and its copy. The copy is new.
class Copy {
public:
  Copy(const std::string &From, const std::string &To)
      : From(From), To(To), Source(From.c_str(), O_RDONLY),
        Target(To.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600) {}

  /// Vanished files are none: a stream's oldest may go at any time.
  bool vanished() const { return Source.error() == -ENOENT; }
  void forget() { ::unlink(To.c_str()); }

  Error check() const {
    if (Source.error())
      return failed(From, -Source.error());
    return Target.error() ? failed(To, -Target.error()) : Error::success();
  }

  Expected<uint64_t> size() const {
    struct stat Status;
    if (int Code = Source.status(Status))
      return failed(From, -Code);
    return static_cast<uint64_t>(Status.st_size);
  }

  /// How many of the `Count` bytes at `At` there are; in `Bytes`.
  Expected<size_t> read(uint64_t At, size_t Count) {
    Bytes.resize(Count);
    long Got = Source.read(Bytes.data(), Count, At);
    if (Got < 0)
      return failed(From, static_cast<int>(-Got));
    return static_cast<size_t>(Got);
  }

  Error write(uint64_t At, size_t Count) {
    if (int Code = Target.write({Bytes.data(), Count}, At))
      return failed(To, -Code);
    return Error::success();
  }

  Error resize(uint64_t Size) {
    if (int Code = Target.resize(Size))
      return failed(To, -Code);
    return Error::success();
  }

  Error copy(uint64_t At, uint64_t Count) {
    constexpr uint64_t Piece = 1 << 20;
    for (uint64_t End = At + Count; At < End;) {
      Expected<size_t> Got = read(At, std::min(Piece, End - At));
      if (!Got)
        return Got.takeError();
      if (*Got == 0)
        return Error::success();
      if (Error E = write(At, *Got))
        return E;
      At += *Got;
    }
    return Error::success();
  }

  std::vector<char> Bytes;

private:
  const std::string From, To;
  File Source, Target;
};

Error copyWhole(const std::string &From, const std::string &To) {
  Copy Files(From, To);
  if (Error E = Files.check())
    return E;
  Expected<uint64_t> Size = Files.size();
  return Size ? Files.copy(0, *Size) : Size.takeError();
}

/// Packet \p Number, which its thread may be filling: what its content_size
/// covered when it was read does not change. None if it was overwritten.
Error copyPacket(Copy &Files, const trace_ring_file &Ring, uint64_t Number) {
  const uint64_t PacketBytes = Ring.packet_bytes;
  const uint64_t At =
      TRACE_RING_HEAD_BYTES + Number % Ring.packet_count * PacketBytes;
  trace_packet Before, After;
  Expected<size_t> Got = Files.read(At, sizeof Before);
  if (!Got)
    return Got.takeError();
  if (*Got < sizeof Before)
    return Error::success();
  memcpy(&Before, Files.Bytes.data(), sizeof Before);
  if (Before.packet_seq_num != Number)
    return Error::success();
  uint64_t Content = Before.content_size / 8;
  if (Content < sizeof Before || Content > PacketBytes)
    return Error::success();
  Got = Files.read(At, Content);
  if (!Got)
    return Got.takeError();
  if (*Got < Content)
    return Error::success();
  std::vector<char> Packet;
  Packet.swap(Files.Bytes);
  Got = Files.read(At, sizeof After);
  if (!Got)
    return Got.takeError();
  memcpy(&After, Files.Bytes.data(), sizeof After);
  if (After.packet_seq_num != Before.packet_seq_num ||
      After.content_size < Before.content_size)
    return Error::success();
  // The end that was read after content_size covers it.
  memcpy(Packet.data() + offsetof(trace_packet, content_size),
         &Before.content_size, sizeof Before.content_size);
  memcpy(Packet.data() + offsetof(trace_packet, timestamp_end),
         &After.timestamp_end, sizeof After.timestamp_end);
  Files.Bytes.swap(Packet);
  return Files.write(At, Content);
}

/// The number of the packet that is being filled.
Expected<uint64_t> newestPacket(Copy &Files, const trace_ring_file &Ring) {
  uint64_t Newest = 0;
  for (uint64_t Place = 0; Place < Ring.packet_count; ++Place) {
    Expected<size_t> Got =
        Files.read(TRACE_RING_HEAD_BYTES + Place * Ring.packet_bytes,
                   sizeof(trace_packet));
    if (!Got)
      return Got.takeError();
    trace_packet Head;
    if (*Got < sizeof Head)
      continue;
    memcpy(&Head, Files.Bytes.data(), sizeof Head);
    if (Head.content_size != 0)
      Newest = std::max(Newest, Head.packet_seq_num);
  }
  return Newest;
}

/// From the newest packet to the oldest: the other way round, the newest could
/// be copied in part and then be followed by one that was begun meanwhile.
Error copyRing(const std::string &From, const std::string &To) {
  Copy Files(From, To);
  if (Error E = Files.check())
    return E;
  Expected<uint64_t> Size = Files.size();
  if (!Size)
    return Size.takeError();
  Expected<size_t> Got = Files.read(0, TRACE_RING_HEAD_BYTES);
  if (!Got)
    return Got.takeError();
  trace_ring_file Head;
  if (*Got < sizeof Head)
    return Error::success();
  memcpy(&Head, Files.Bytes.data(), sizeof Head);
  if (Error E = Files.write(0, *Got))
    return E;
  if (Error E = Files.resize(*Size))
    return E;
  if (Head.magic != TRACE_RING_MAGIC ||
      TRACE_RING_HEAD_BYTES + uint64_t{Head.packet_bytes} * Head.packet_count !=
          *Size)
    return Error::success(); // recovery says so
  Expected<uint64_t> Newest = newestPacket(Files, Head);
  if (!Newest)
    return Newest.takeError();
  const uint64_t Count = std::min<uint64_t>(*Newest + 1, Head.packet_count);
  for (uint64_t I = 0; I < Count; ++I)
    if (Error E = copyPacket(Files, Head, *Newest - I))
      return E;
  return Error::success();
}

/// The file into which the ring's packets go now; empty: it has none yet.
std::string streamName(const std::string &RingPath) {
  trace_ring_file Head;
  File Ring(RingPath.c_str(), O_RDONLY);
  if (Ring.error() || Ring.read(&Head, sizeof Head, 0) != sizeof Head ||
      Head.magic != TRACE_RING_MAGIC || Head.appended == 0)
    return {};
  std::string Name = "stream-" + std::to_string(Head.number);
  return Head.stream_number ? Name + "." + std::to_string(Head.stream_number)
                            : Name;
}

/// As many packets as there are at this moment. The file's size is kept,
/// sparse; recovery cuts it.
Error copyPackets(Copy &Files) {
  if (Error E = Files.check())
    return E;
  Expected<uint64_t> Size = Files.size();
  if (!Size)
    return Size.takeError();
  if (Error E = Files.resize(*Size))
    return E;
  for (uint64_t At = 0; At < *Size;) {
    trace_packet Head;
    Expected<size_t> Got = Files.read(At, sizeof Head);
    if (!Got)
      return Got.takeError();
    if (*Got < sizeof Head)
      break;
    memcpy(&Head, Files.Bytes.data(), sizeof Head);
    uint64_t Extent = Head.packet_size / 8, Content = Head.content_size / 8;
    if (Head.magic != TRACE_PACKET_MAGIC || Extent < sizeof Head ||
        Content > *Size - At)
      break;
    // The head as it was read: the packet behind it may have come since, and
    // is not copied then.
    if (Error E = Files.write(At, sizeof Head))
      return E;
    if (Error E = Files.copy(At + sizeof Head, Content - sizeof Head))
      return E;
    At += Extent;
  }
  return Error::success();
}

/// By whichever of its two names it has. None: it was the oldest, and is gone.
Error copyStream(const std::string &Folder, const std::string &Name,
                 const std::string &To) {
  constexpr unsigned Attempts = 100; // its thread may wait for a processor
  for (unsigned I = 0; I < Attempts; ++I) {
    for (const char *Before : {"/", "/."}) {
      Copy Files((Folder + Twine(Before) + Name).str(), To);
      if (!Files.vanished())
        return copyPackets(Files);
      Files.forget();
    }
    ::usleep(20 * I);
  }
  return Error::success();
}

Error copyProcess(const std::string &From, const std::string &To) {
  if (Error E = makeDirectory(To))
    return E;
  if (Error E = makeDirectory(To + "/ctf"))
    return E;
  std::error_code Code;
  std::set<std::string> Streams;
  using Iterator = sys::fs::directory_iterator;
  for (Iterator I(From, Code, false), End; !Code && I != End; I.increment(Code))
    if (StringRef Name = sys::path::filename(I->path());
        Name.starts_with("ring-")) {
      if (Error E = copyRing(I->path(), (To + "/" + Name).str()))
        return E;
      if (std::string Stream = streamName(I->path()); !Stream.empty())
        Streams.insert(Stream);
    }
  for (Iterator I(From + "/ctf", Code, false), End; !Code && I != End;
       I.increment(Code)) {
    StringRef Name = sys::path::filename(I->path());
    Name.consume_front(".");
    if (Name.starts_with("stream-"))
      Streams.insert(Name.str());
  }
  if (Code)
    return failed(From, Code.value());
  const std::string Packets = From + "/ctf", Copies = To + "/ctf/";
  for (const std::string &Name : Streams)
    if (Error E = copyStream(Packets, Name, Copies + Name))
      return E;
  // Last: they know every event that the packets have.
  for (const char *Name : {"/events", "/process", "/ctf/metadata"})
    if (Error E = copyWhole(From + Name, To + Name))
      return E;
  Recovery Done = recoverProcess(To, /*Ended=*/true);
  return Done.Was == Recovery::Failed ? failure(Done.Why) : Error::success();
}

} // namespace

Error copyRecording(const std::string &From, const std::string &To) {
  Expected<std::vector<std::string>> Processes = processDirectories(From);
  if (!Processes)
    return Processes.takeError();
  if (Error E = makeDirectory(To))
    return E;
  if (Error E = copyWhole(From + "/session", To + "/session"))
    return E;
  Error All = Error::success();
  for (const std::string &Process : *Processes) {
    if (!sys::fs::exists(Process + "/ctf/metadata"))
      continue; // it is being made
    All = joinErrors(
        std::move(All),
        copyProcess(Process, (To + "/" + sys::path::filename(Process)).str()));
  }
  return All;
}

} // namespace trace
