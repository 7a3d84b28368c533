//===- byte_order.h - Numbers of another machine ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A recording is in the byte order of the machine that recorded. Its structs
// are swapped here, member by member, from the lists in recording.h and
// layout.h. They have no member of an address's width, and no padding that
// depends on one.
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORDING_BYTE_ORDER_H
#define TRACE_TOOL_RECORDING_BYTE_ORDER_H

#include "trace/recording.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/bit.h"
#include <algorithm>
#include <cstring>
#include <optional>

namespace trace::recording {

/// As seen from this machine.
enum class ByteOrder : uint8_t { Native, Swapped };

/// A file that begins so was being made when its process was killed: the magic
/// number is stored last. It holds nothing yet.
inline bool isUnmade(llvm::ArrayRef<uint8_t> File) {
  uint32_t Magic = 0;
  memcpy(&Magic, File.data(), std::min(File.size(), sizeof Magic));
  return Magic == 0;
}

/// In which order a file is whose first number is `Magic`; none: in neither.
inline std::optional<ByteOrder> byteOrderOf(uint32_t Magic, uint32_t Expected) {
  if (Magic == Expected)
    return ByteOrder::Native;
  if (Magic == llvm::byteswap(Expected))
    return ByteOrder::Swapped;
  return std::nullopt;
}

template <class T> void swapMember(T &Number) {
  Number = llvm::byteswap(Number);
}
template <class T, size_t N> void swapMember(T (&Numbers)[N]) {
  for (T &Number : Numbers)
    swapMember(Number);
}

#define TRACE_SWAP_MEMBER(type, name) swapMember(S.name);
#define TRACE_SWAP_STRUCT(name, members)                                       \
  inline void swapBytes(name &S) { members(TRACE_SWAP_MEMBER) }
TRACE_SWAP_STRUCT(trace_session, TRACE_SESSION)
TRACE_SWAP_STRUCT(trace_process, TRACE_PROCESS)
TRACE_SWAP_STRUCT(trace_ring_file, TRACE_RING_FILE)
TRACE_SWAP_STRUCT(trace_packet, TRACE_PACKET)
TRACE_SWAP_STRUCT(trace_event_entry, TRACE_EVENT_ENTRY)
TRACE_SWAP_STRUCT(trace_event, TRACE_EVENT)
TRACE_SWAP_STRUCT(trace_field, TRACE_FIELD)
TRACE_SWAP_STRUCT(trace_enumerator, TRACE_ENUMERATOR)
#undef TRACE_SWAP_STRUCT
#undef TRACE_SWAP_MEMBER

/// The number at `From`, which need not be aligned.
template <class T> T loadNumber(const uint8_t *From, ByteOrder Order) {
  T Number;
  memcpy(&Number, From, sizeof Number);
  return Order == ByteOrder::Swapped ? llvm::byteswap(Number) : Number;
}

/// The struct at the beginning of `Bytes`, which must hold it.
template <class T>
T loadStruct(llvm::ArrayRef<uint8_t> Bytes, ByteOrder Order) {
  T S;
  memcpy(&S, Bytes.take_front(sizeof S).data(), sizeof S);
  if (Order == ByteOrder::Swapped)
    swapBytes(S);
  return S;
}

} // namespace trace::recording

#endif
