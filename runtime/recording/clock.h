/// The session's clock.
#ifndef TRACE_RUNTIME_RECORDING_CLOCK_H
#define TRACE_RUNTIME_RECORDING_CLOCK_H

#include <trace/recording.h>

#include <cstdint>

namespace trace {

/// Fills in the session's clock: which one, its rate, and its place in time.
/// Where the rate must be measured this takes `microseconds`: 1,000 give about
/// 1 ppm, 10,000 about 0.04 ppm (by the square: the ends of the measurement are
/// read to some 10 ns).
void clock_calibrate(trace_session &session, unsigned microseconds);

/// Ticks now. Async-signal-safe.
uint64_t clock_now(uint32_t clock);

/// Nanoseconds of CLOCK_MONOTONIC. Async-signal-safe.
uint64_t monotonic_now();

} // namespace trace

#endif
