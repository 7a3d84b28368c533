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
    size_t Size = field_fixed_bytes(Field);
    if (Size > Rest.size() - At)
      return std::nullopt;
    if (field_has_head(Field))
      Size += stringHead(Rest.data() + At, Order).Length *
              field_element_bytes(Field);
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
    size_t Count = field_is_array(Field) ? Field.count : 1;
    if (field_has_head(Field)) {
      StringHead Old = stringHead(At, ByteOrder::Swapped);
      uint16_t Head = TRACE_STRING_HEAD(HostIsBig, Old.Length, Old.State);
      memcpy(At, &Head, sizeof Head);
      At += sizeof Head;
      Count = Old.Length;
    }
    for (size_t Bytes = field_element_bytes(Field); Count; --Count, At += Bytes)
      std::reverse(At, At + Bytes);
  }
}

} // namespace trace::recording
