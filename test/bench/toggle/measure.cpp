// measure WHAT REPETITIONS busy|alone: nanoseconds of the first enable, then
// medians of enables and disables, as JSON. `busy`: a thread runs a site on
// another processor meanwhile.
#include "switch.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

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

} // namespace

int main(int count, char **words) {
  if (count != 4)
    return fputs("usage: measure WHAT REPETITIONS busy|alone\n", stderr), 2;
  const char *what = words[1];
  std::atomic<bool> stop{strcmp(words[3], "busy") != 0};
  std::thread busy([&] {
    for (unsigned long a = 0; !stop; a = f0_0(a, 1))
      ;
  });

  int events = 0;
  const double first = nanoseconds([&] { events = switch_on(what); });
  if (events <= 0 || switch_off(what) < 0)
    exit(1); // with the thread
  std::vector<double> on, off;
  for (int i = 0; i < atoi(words[2]); ++i) {
    on.push_back(nanoseconds([&] { switch_on(what); }));
    off.push_back(nanoseconds([&] { switch_off(what); }));
  }
  stop = true;
  busy.join();
  printf("{\"events\": %d, \"first\": %.0f, \"enable\": %.0f, \"disable\": %.0f}\n",
         events, first, median(on), median(off));
}
