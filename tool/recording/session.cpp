//===- session.cpp - What a recording's processes share -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "session.h"
#include "../elf_image.h"

using namespace llvm;

namespace trace::recording {

constexpr uint64_t Second = 1'000'000'000;

// Whole seconds and the rest, so that nothing exceeds 64 bits for clocks up to
// 18 GHz; those above are not of this world.
static uint64_t toNanoseconds(uint64_t Ticks, uint64_t Frequency) {
  return Ticks / Frequency * Second + Ticks % Frequency * Second / Frequency;
}

uint64_t Session::monotonic(uint64_t Ticks) const {
  uint64_t Since = Ticks - Head.base;
  if (static_cast<int64_t>(Since) >= 0)
    return Head.monotonic + toNanoseconds(Since, Head.frequency);
  return Head.monotonic - toNanoseconds(-Since, Head.frequency);
}

Expected<Session> decodeSession(ArrayRef<uint8_t> Bytes) {
  if (Bytes.size() < sizeof(trace_session))
    return failure("cut off");
  auto Magic = loadNumber<uint32_t>(Bytes.data(), ByteOrder::Native);
  std::optional<ByteOrder> Order = byteOrderOf(Magic, TRACE_SESSION_MAGIC);
  if (!Order)
    return failure("not a session's file");
  Session Result;
  Result.Order = *Order;
  Result.Head = loadStruct<trace_session>(Bytes, *Order);
  if (Result.Head.version != TRACE_RECORDING_VERSION)
    return failure("recording version " + Twine(Result.Head.version) +
                   "; this tracepoint reads version " +
                   Twine(TRACE_RECORDING_VERSION));
  if (Result.Head.frequency == 0)
    return failure("its clock has no frequency");
  return Result;
}

Session sessionWithoutClock() {
  Session Result;
  Result.Head.frequency = Second;
  return Result;
}

} // namespace trace::recording
