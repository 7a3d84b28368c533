//===- stream_end.cpp - Where a ring's stream ends ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "stream_end.h"
#include "files.h"
#include "ring.h"
#include "llvm/Support/FileSystem.h"
#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

using namespace llvm;

namespace trace {
namespace {

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

/// A file that was being cut has a dot in front of its name.
void unhide(StringRef Folder, ArrayRef<std::string> Names, uint32_t Ring) {
  for (StringRef Name : Names)
    if (Name.starts_with(".") && pieceNumber(Name.drop_front(), Ring)) {
      std::string Hidden = (Folder + "/" + Name).str();
      std::string Shown = (Folder + "/" + Name.drop_front()).str();
      // Its last packet's size may be wrong; stream_cut repairs that.
      if (!sys::fs::exists(Shown))
        ::rename(Hidden.c_str(), Shown.c_str());
    }
}

/// From packet to packet, to the last.
Expected<Stream> walkStream(const std::string &Path, uint32_t Number) {
  File Piece(Path.c_str(), O_RDONLY);
  if (Piece.error())
    return failed(Path, -Piece.error());
  struct stat Status;
  if (int Code = Piece.status(Status))
    return failed(Path, -Code);
  uint64_t Size = Status.st_size;
  Stream End = {};
  for (uint64_t At = 0;;) {
    trace_packet Packet;
    if (Error E = readStruct(Piece, Path, At, Packet))
      return E;
    if (!isPacket(Packet, Size - At)) {
      if (At == 0)
        return failure(Path + ": damaged: not a stream");
      break; // a file that was being cut: the packet before is the last
    }
    End = {Size,
           Number,
           static_cast<uint64_t>(Status.st_dev),
           static_cast<uint64_t>(Status.st_ino),
           At,
           Packet.packet_seq_num,
           Packet.content_size / 8};
    uint64_t Bytes = Packet.packet_size / 8;
    if (Bytes < sizeof Packet || Bytes % sizeof(uint64_t) != 0)
      return failure(Path + ": damaged: a packet's size is wrong");
    if (Bytes > Size - At || Size - At - Bytes < sizeof Packet)
      break;
    At += Bytes;
  }
  return End;
}

} // namespace

Expected<Stream> findStreamEnd(const StreamOptions &Options) {
  std::string Folder = (Options.directory.text() + Twine("/ctf")).str();
  Expected<std::vector<std::string>> Names = namesIn(Folder);
  if (!Names)
    return Names.takeError();
  unhide(Folder, *Names, Options.ring);
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
    return Stream{};
  std::string Path = Folder + "/stream-" + std::to_string(Options.ring);
  if (*Last > 0)
    Path += "." + std::to_string(*Last);
  return walkStream(Path, *Last);
}

} // namespace trace
