"""What sites cost while they are off, beside those of other tracers."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench import KINDS, Bench, ratio, svg  # noqa: E402
from many_events import write_lttng_provider  # noqa: E402

KERNELS = ["loop", "leaf", "saxpy", "sum", "maximum", "clear", "copy"]
TITLES = {"none": "no site", **KINDS}

bench = Bench("disabled")
write_lttng_provider(bench.folder, 1)
objects = []
for kind in TITLES:
    # All loops begin at a cache line: where they lie makes more of a difference
    # than most sites, in either direction.
    bench.run(*bench.compiler(kind), "-O2", "-falign-functions=64", "-falign-loops=64", f"-DKIND={kind}",
              "-I.", "-c", bench.here / "kernels.c", "-o", f"{kind}.o")
    objects.append(f"{kind}.o")
bench.run(bench.clang, "-O2", "-I.", "-c", "provider.c", "-o", "provider.o")
bench.run(bench.clangxx, "-O2", "-fxray-instrument", f"-I{bench.here}", bench.here / "main.cpp", *objects, "provider.o",
          "-llttng-ust", "-ldl", "-lbenchmark", "-lpthread", "-o", "disabled")
program = bench.folder / "disabled"

counts = {kind: {kernel: bench.instructions([program, f"{kind}/{kernel}"], f"{kind}_{kernel}")
                 for kernel in KERNELS} for kind in TITLES}
times = bench.google_benchmark(program)


def table(title, value):
    """value(kind, kernel); ratios to no site."""
    bench.table(title, ["", *KERNELS],
                [[TITLES[kind], *(ratio(value(kind, kernel), value("none", kernel))
                                  for kernel in KERNELS)] for kind in TITLES])


table("Instructions executed, as ratios to the same function without sites (callgrind)",
      lambda kind, kernel: counts[kind][kernel])
table("Time, as ratios to the same function without sites",
      lambda kind, kernel: times[f"{kind}/{kernel}"])
bench.table("Instructions, of 1024 passes", ["", *KERNELS],
            [[TITLES[kind], *(counts[kind][kernel] for kernel in KERNELS)] for kind in TITLES])
bench.table("Nanoseconds, of 1024 passes", ["", *KERNELS],
            [[TITLES[kind], *(f"{times[f'{kind}/{kernel}']:.0f}" for kernel in KERNELS)]
             for kind in TITLES])
bench.plot("time", svg.bars("Off: time, as a ratio to no site", {
    kernel: {TITLES[kind]: times[f"{kind}/{kernel}"] / times[f"none/{kernel}"]
             for kind in KINDS} for kernel in KERNELS}, "x"))
bench.finish()
