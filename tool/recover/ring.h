//===- ring.h - A ring's file, as its thread has left it --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECOVER_RING_H
#define TRACE_TOOL_RECOVER_RING_H

#include "../../runtime/recording/file.h"
#include "trace/recording.h"
#include "llvm/Support/Error.h"
#include <fcntl.h>
#include <string>
#include <vector>

namespace trace {

/// A packet that begins so, in `BytesMax` bytes at most.
bool isPacket(const trace_packet &Head, uint64_t BytesMax);

struct RingPacket {
  trace_packet Head;
  uint64_t At; // in the ring's file

  uint64_t contentBytes() const { return Head.content_size / 8; }
};

class RingFile {
public:
  /// `Path`: of the ring.
  explicit RingFile(const std::string &Path)
      : RingPath(Path), Ring(Path.c_str(), O_RDWR) {}

  const std::string &path() const { return RingPath; }

  /// The packets that its thread has not appended to the stream, in order.
  llvm::Expected<std::vector<RingPacket>> read(const trace_session &Session);

  /// A packet's content, aligned as trace_packet.
  llvm::Expected<std::vector<uint64_t>> content(const RingPacket &Packet) const;

  /// All packets up to that number are in the stream now.
  llvm::Error markAppended(uint64_t Sequence);

private:
  std::string RingPath;
  File Ring;
};

} // namespace trace

#endif
