//===- stream.h - The packets of a stream's files ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORDING_STREAM_H
#define TRACE_TOOL_RECORDING_STREAM_H

#include "packet.h"

namespace trace::recording {

/// The packets that one ring has appended, in order. The process may go on
/// appending. No file is held open: there may be more streams than descriptors.
class Stream {
public:
  /// The files of one stream in a folder; R of stream-R.
  struct Names {
    std::string Folder; // DIR/PROCESS/ctf
    uint32_t Ring = 0;
    // N of stream-R.N; 0 of stream-R itself. Any may be .stream-R.N: so it is
    // called while it is cut.
    std::vector<uint32_t> Numbers;
  };

  /// What is damaged is reported and passed over.
  Stream(Names Files, ByteOrder Order, Report Damaged);

  /// The head of the next packet whose number is at least `From`; null: there
  /// is none now.
  const trace_packet *peek(uint64_t From);

  /// Reads the packet of which peek returned the head, or what is left of it.
  void read(Packet &Into);

private:
  struct Piece {
    std::string Path;
    uint64_t Offset = 0; // of its first packet
    uint64_t Sequence = 0;
  };

  std::string path(uint32_t Number) const;
  llvm::Expected<File> open(const Piece &Of) const;
  void addPiece(std::string Path);
  std::optional<trace_packet> findPacket(const Piece &In, uint64_t &Offset,
                                         bool Complain) const;
  bool stepPast();
  bool findNewPiece();
  bool advance();

  Names Files;
  ByteOrder Order;
  Report Damaged;
  std::vector<Piece> Pieces; // by Sequence
  size_t Current = 0;        // piece
  uint64_t At = 0;           // of Head in it
  std::optional<trace_packet> Head;
};

} // namespace trace::recording

#endif
