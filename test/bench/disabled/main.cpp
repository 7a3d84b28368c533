// Without arguments that begin with '-': calls the one kernel that is named,
// for callgrind. Else Google Benchmark with all of them.
#include "kernels.h"
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstring>

extern "C" void bench_record(unsigned long a, unsigned long b) {
  benchmark::DoNotOptimize(a);
  benchmark::DoNotOptimize(b);
}

namespace {

struct Kernel {
  const char *name;
  long (*run)(data *);
};
#define KERNEL(kind, kernel) {#kind "/" #kernel, kind##_##kernel},
#define KIND(kind) KERNELS(KERNEL, kind)
constexpr Kernel kernels[] = {KINDS(KIND)};

data values;

void run(benchmark::State &state, long (*kernel)(data *)) {
  for (auto _ : state)
    benchmark::DoNotOptimize(kernel(&values));
}

} // namespace

int main(int count, char **words) {
  values.n = elements;
  if (count == 2 && words[1][0] != '-') {
    for (const Kernel &kernel : kernels)
      if (strcmp(kernel.name, words[1]) == 0)
        return kernel.run(&values) == 1;
    return fprintf(stderr, "no kernel %s\n", words[1]), 2;
  }
  for (const Kernel &kernel : kernels)
    benchmark::RegisterBenchmark(kernel.name, run, kernel.run);
  benchmark::Initialize(&count, words);
  benchmark::RunSpecifiedBenchmarks();
}
