//===- ring.h - The packets that are in a ring only -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORDING_RING_H
#define TRACE_TOOL_RECORDING_RING_H

#include "packet.h"

namespace trace::recording {

/// The packets of the file ring-R from `appended` on, by number, as they are
/// now: the process may be using the ring. One that is overwritten meanwhile is
/// left out; it is in the stream then, or lost. Reports what is damaged.
std::vector<Packet> readRing(const File &Ring, ByteOrder Order,
                             const Report &Damaged);

} // namespace trace::recording

#endif
