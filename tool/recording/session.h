//===- session.h - What a recording's processes share -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TRACE_TOOL_RECORDING_SESSION_H
#define TRACE_TOOL_RECORDING_SESSION_H

#include "byte_order.h"
#include "llvm/Support/Error.h"

namespace trace::recording {

struct Session {
  trace_session Head = {};
  ByteOrder Order = ByteOrder::Native;

  /// CLOCK_MONOTONIC, in nanoseconds, at `Ticks` of the session's clock.
  uint64_t monotonic(uint64_t Ticks) const;
};

/// Decodes the file `session`. The error says what is wrong with it.
llvm::Expected<Session> decodeSession(llvm::ArrayRef<uint8_t> Bytes);

/// For a recording that has lost its own: ticks are taken for nanoseconds.
Session sessionWithoutClock();

} // namespace trace::recording

#endif
