//===- packet.h - One thread's records, and their order ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORDING_PACKET_H
#define TRACE_TOOL_RECORDING_PACKET_H

#include "events.h"

namespace trace::recording {

struct Packet {
  trace_packet Head = {}; // in this machine's byte order
  Bytes Records;          // what content_size covers, behind the head

  llvm::StringRef comm() const {
    return {Head.comm, strnlen(Head.comm, sizeof Head.comm)};
  }
};

/// Decodes the packet's head at the beginning of `Bytes`. The error says what
/// is wrong with it.
llvm::Expected<trace_packet> decodePacketHead(llvm::ArrayRef<uint8_t> Bytes,
                                              ByteOrder Order);

/// Of a head that was decoded.
inline uint64_t contentBytes(const trace_packet &Head) {
  return Head.content_size / 8;
}

struct Process;

struct Record {
  uint64_t Ticks = 0;
  uint16_t Cpu = 0;
  const Event *Of = nullptr;
  llvm::ArrayRef<uint8_t> Payload; // as this machine would have recorded it
  const Packet *In = nullptr;
  const Process *By = nullptr;
};

/// Takes the records off `Rest` one after the other.
class RecordDecoder {
public:
  RecordDecoder(const Events &Known, ByteOrder Order)
      : Known(&Known), Order(Order) {}

  void begin(llvm::ArrayRef<uint8_t> Records) { Rest = Records; }

  /// Sets Ticks, Cpu, Of and Payload, which hold until the next call. False:
  /// there is none left, or an error; then the rest can't be read.
  llvm::Expected<bool> next(Record &R);

private:
  const Events *Known;
  ByteOrder Order;
  llvm::ArrayRef<uint8_t> Rest;
  Bytes Native;
};

} // namespace trace::recording

#endif
