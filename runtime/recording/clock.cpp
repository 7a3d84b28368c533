#include "clock.h"

#include "../arch/counter.h"

#include <time.h>

namespace trace {
namespace {

constexpr uint64_t nanoseconds_per_second = 1'000'000'000;

uint64_t read(clockid_t id) {
  timespec now = {};
  clock_gettime(id, &now);
  return static_cast<uint64_t>(now.tv_sec) * nanoseconds_per_second +
         static_cast<uint64_t>(now.tv_nsec);
}

/// One moment on two clocks.
struct Moment {
  uint64_t ticks, nanoseconds;
};

/// Of several tries the one in which least time passed between the readings.
Moment moment(clockid_t id, uint32_t clock) {
  Moment best = {};
  uint64_t least = ~uint64_t{0};
  constexpr int tries = 16;
  for (int i = 0; i < tries; ++i) {
    const uint64_t before = clock_now(clock);
    const uint64_t nanoseconds = read(id);
    const uint64_t passed = clock_now(clock) - before;
    if (passed >= least)
      continue;
    least = passed;
    best = {before + passed / 2, nanoseconds};
  }
  return best;
}

uint64_t measure_frequency(Moment from, unsigned microseconds) {
  const timespec pause = {0, static_cast<long>(microseconds) * 1000};
  nanosleep(&pause, nullptr);
  const Moment to = moment(CLOCK_MONOTONIC, TRACE_CLOCK_COUNTER);
  const auto ticks = static_cast<double>(to.ticks - from.ticks);
  const auto passed = static_cast<double>(to.nanoseconds - from.nanoseconds);
  return static_cast<uint64_t>(
      ticks * static_cast<double>(nanoseconds_per_second) / passed + 0.5);
}

} // namespace

uint64_t clock_now(uint32_t clock) {
  return clock == TRACE_CLOCK_COUNTER ? arch::counter() : monotonic_now();
}

uint64_t monotonic_now() { return read(CLOCK_MONOTONIC); }

void clock_calibrate(trace_session &session, unsigned microseconds) {
  session.clock =
      arch::has_counter() ? TRACE_CLOCK_COUNTER : TRACE_CLOCK_MONOTONIC;
  const Moment now = moment(CLOCK_MONOTONIC, session.clock);
  session.base = now.ticks;
  session.monotonic = now.nanoseconds;
  const Moment real = moment(CLOCK_REALTIME, session.clock);
  session.frequency = nanoseconds_per_second;
  if (session.clock == TRACE_CLOCK_COUNTER) {
    session.frequency = arch::counter_frequency();
    if (session.frequency == 0)
      session.frequency = measure_frequency(now, microseconds);
  }
  // What realtime was at the moment of `base`.
  const auto later = static_cast<double>(real.ticks - now.ticks);
  session.realtime = real.nanoseconds -
                     static_cast<uint64_t>(
                         later * static_cast<double>(nanoseconds_per_second) /
                         static_cast<double>(session.frequency));
}

} // namespace trace
