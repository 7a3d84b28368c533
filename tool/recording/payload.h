//===- payload.h - The fields' bytes of a record ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORDING_PAYLOAD_H
#define TRACE_TOOL_RECORDING_PAYLOAD_H

#include "byte_order.h"
#include "file.h"

namespace trace::recording {

/// How many bytes the event's payload takes at the beginning of `Rest`; none:
/// more than there are.
std::optional<size_t> payloadBytes(const trace_event &Event,
                                   llvm::ArrayRef<uint8_t> Rest,
                                   ByteOrder Order);

/// `Payload`, which is whole, as this machine would have recorded it.
void swapPayload(const trace_event &Event, llvm::ArrayRef<uint8_t> Payload,
                 Bytes &Native);

} // namespace trace::recording

#endif
