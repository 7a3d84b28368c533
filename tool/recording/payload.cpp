//===- payload.cpp - The fields' bytes of a record ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "payload.h"
#include "../../runtime/descriptor.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace llvm;

namespace trace::recording {
namespace {

struct StringHead {
  unsigned Length, State;
};

constexpr bool HostIsBig = endianness::native == endianness::big;

// A bit field's place follows the byte order, too (layout.h).
StringHead stringHead(const uint8_t *At, ByteOrder Order) {
  constexpr unsigned Lengths = (1u << TRACE_STRING_LENGTH_BITS) - 1;
  constexpr unsigned States = (1u << TRACE_STRING_STATE_BITS) - 1;
  auto Head = loadNumber<uint16_t>(At, Order);
  bool Big = HostIsBig != (Order == ByteOrder::Swapped);
  if (Big)
    return {unsigned(Head) >> TRACE_STRING_STATE_BITS, Head & States};
  return {Head & Lengths, unsigned(Head) >> TRACE_STRING_LENGTH_BITS};
}

} // namespace

std::optional<size_t> payloadBytes(const trace_event &Event,
                                   ArrayRef<uint8_t> Rest, ByteOrder Order) {
  size_t At = 0;
  for (const trace_field &Field : event_fields(Event)) {
    size_t Size = Field.size;
    if (Size > Rest.size() - At)
      return std::nullopt;
    if (Field.kind == TRACE_FIELD_STRING)
      Size += stringHead(Rest.data() + At, Order).Length;
    if (Size > Rest.size() - At)
      return std::nullopt;
    At += Size;
  }
  return At;
}

void swapPayload(const trace_event &Event, ArrayRef<uint8_t> Payload,
                 Bytes &Native) {
  Native.assign(Payload.begin(), Payload.end());
  uint8_t *At = Native.data();
  for (const trace_field &Field : event_fields(Event)) {
    if (Field.kind != TRACE_FIELD_STRING) {
      std::reverse(At, At + Field.size);
      At += Field.size;
      continue;
    }
    StringHead Old = stringHead(At, ByteOrder::Swapped);
    uint16_t Head = TRACE_STRING_HEAD(HostIsBig, Old.Length, Old.State);
    memcpy(At, &Head, sizeof Head);
    At += sizeof Head + Old.Length;
  }
}

} // namespace trace::recording
