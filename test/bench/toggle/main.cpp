// toggle PATTERN REPETITIONS busy|alone: nanoseconds of the first enable, then
// medians of enables and disables, as JSON. `busy`: a thread runs a site on
// another processor meanwhile.
#include <trace/point.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

extern "C" int f0_0(int a, unsigned long b);

namespace {

using Clock = std::chrono::steady_clock;

template <typename Action> double nanoseconds(Action action) {
  const auto start = Clock::now();
  action();
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + values.size() / 2,
                   values.end());
  return values[values.size() / 2];
}

int fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, trace_error());
  return 1;
}

} // namespace

int main(int count, char **words) {
  if (count != 4)
    return fputs("usage: toggle PATTERN REPETITIONS busy|alone\n", stderr), 2;
  const char *pattern = words[1];
  std::atomic<bool> stop{strcmp(words[3], "busy") != 0};
  std::thread busy([&] {
    for (int a = 0; !stop; a = f0_0(a, 1))
      ;
  });

  int events = 0;
  const double first = nanoseconds([&] { events = trace_enable(pattern); });
  if (events <= 0 || trace_disable(pattern) < 0)
    return fail("enable");
  std::vector<double> on, off;
  for (int i = 0; i < atoi(words[2]); ++i) {
    on.push_back(nanoseconds([&] { trace_enable(pattern); }));
    off.push_back(nanoseconds([&] { trace_disable(pattern); }));
  }
  stop = true;
  busy.join();
  printf("{\"events\": %d, \"first\": %.0f, \"enable\": %.0f, \"disable\": %.0f}\n",
         events, first, median(on), median(off));
}
