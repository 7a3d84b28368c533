// 1,000 compiled sites are toggled 10,000 times while 4 threads run through
// them: every hit carries its own site's fields, none comes while the event is
// off, and the program's own results are what they are without tracing.
// RUN: %clangxx_trace -std=c++20 -O2 -pthread %s -o %t %link
// RUN: %t | FileCheck %s
// CHECK: sites 1000, toggles 10000, wrong fields 0, hits while off 0, wrong results 0
// CHECK-NEXT: hit while on: yes
// UNSUPPORTED: sanitized
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <trace/point.h>
#include <utility>
#include <vector>

constexpr int Sites = 1000, Threads = 4;

[[trace::point]] void trace_hit(int site, long product);

template <int N> [[gnu::noinline]] long site(long a) {
  trace_hit(N, a * N);
  return a + N;
}

template <int... N> constexpr auto all(std::integer_sequence<int, N...>) {
  return std::array<long (*)(long), sizeof...(N)>{site<N>...};
}
constexpr auto Functions = all(std::make_integer_sequence<int, Sites>());

static std::atomic<bool> Off{true}, Stop{false};
static std::atomic<long> WrongFields, HitsWhileOff, WrongResults, Hits, Rounds;

static void probe(void *data, const trace_event *, const void *payload,
                  size_t bytes) {
  int number;
  long product;
  std::memcpy(&number, payload, sizeof number);
  std::memcpy(&product, static_cast<const char *>(payload) + sizeof number,
              sizeof product);
  WrongFields += bytes != sizeof number + sizeof product ||
                 product != number * 7L || data != &Hits;
  HitsWhileOff += Off;
  ++Hits;
}

static void run() {
  while (!Stop) {
    for (int i = 0; i < Sites; ++i)
      WrongResults += Functions[i](7) != 7 + i;
    ++Rounds;
  }
}

int main(int argc, char **argv) {
  const int Toggles = argc > 1 ? std::atoi(argv[1]) : 10000;
  std::vector<std::thread> threads;
  for (int i = 0; i < Threads; ++i)
    threads.emplace_back(run);
  int failed = 0;
  for (int i = 0; i < Toggles; ++i) {
    Off = false;
    failed += trace_probe_register("hit", probe, &Hits) != 1;
    failed += trace_probe_unregister("hit", probe, &Hits) != 1;
    Off = true;
  }
  Off = false;
  failed += trace_probe_register("hit", probe, &Hits) != 1;
  for (long until = Rounds + 2 * Threads; Rounds < until;)
    std::this_thread::yield();
  Stop = true;
  for (std::thread &t : threads)
    t.join();
  if (failed)
    std::printf("%d toggles failed: %s\n", failed, trace_error());
  std::printf("sites %d, toggles %d, wrong fields %ld, hits while off %ld, "
              "wrong results %ld\nhit while on: %s\n",
              Sites, Toggles, WrongFields.load(), HitsWhileOff.load(),
              WrongResults.load(), Hits > 0 ? "yes" : "no");
  return failed != 0;
}
