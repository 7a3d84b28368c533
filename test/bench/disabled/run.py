"""What sites cost while they are off, beside those of other tracers."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench import Bench, ratio, svg  # noqa: E402

KINDS = ["none", "trace", "asm_goto", "flag", "sdt_clang", "sdt_gcc", "lttng", "xray"]
KERNELS = ["loop", "leaf", "saxpy", "sum", "maximum", "clear", "copy"]
TITLES = {"none": "no site", "trace": "trace::point", "asm_goto": "asm goto, C call (as Linux)",
          "flag": "relaxed flag, C call", "sdt_clang": "SDT, Clang", "sdt_gcc": "SDT, GCC",
          "lttng": "LTTng-UST", "xray": "XRay custom event"}

bench = Bench("disabled")
objects = []
for kind in KINDS:
    compiler = "gcc" if kind == "sdt_gcc" else bench.clang
    extra = {"trace": [bench.plugin], "xray": ["-fxray-instrument"]}.get(kind, [])
    bench.run(compiler, "-O2", *extra, f"-DSITE_{kind}", f"-DKIND={kind}", f"-I{bench.here}",
              "-c", bench.here / "kernels.c", "-o", f"{kind}.o")
    objects.append(f"{kind}.o")
bench.run(bench.clang, "-O2", f"-I{bench.here}", "-c", bench.here / "provider.c", "-o", "provider.o")
bench.run(bench.clangxx, "-O2", "-fxray-instrument", f"-I{bench.here}", bench.here / "main.cpp", *objects, "provider.o",
          "-llttng-ust", "-ldl", "-lbenchmark", "-lpthread", "-o", "disabled")
program = bench.folder / "disabled"

counts = {kind: {kernel: bench.instructions([program, f"{kind}/{kernel}"], f"{kind}_{kernel}")
                 for kernel in KERNELS} for kind in KINDS}
times = bench.google_benchmark(program)


def table(title, value):
    """value(kind, kernel); ratios to no site."""
    bench.table(title, ["", *KERNELS],
                [[TITLES[kind], *(ratio(value(kind, kernel), value("none", kernel))
                                  for kernel in KERNELS)] for kind in KINDS])


table("Instructions executed, as ratios to the same function without sites (callgrind)",
      lambda kind, kernel: counts[kind][kernel])
table("Time, as ratios to the same function without sites",
      lambda kind, kernel: times[f"{kind}/{kernel}"])
bench.table("Instructions, of 1024 passes", ["", *KERNELS],
            [[TITLES[kind], *(counts[kind][kernel] for kernel in KERNELS)] for kind in KINDS])
bench.table("Nanoseconds, of 1024 passes", ["", *KERNELS],
            [[TITLES[kind], *(f"{times[f'{kind}/{kernel}']:.0f}" for kernel in KERNELS)]
             for kind in KINDS])
bench.plot("time", svg.bars("Off: time, as a ratio to no site", {
    kernel: {TITLES[kind]: times[f"{kind}/{kernel}"] / times[f"none/{kernel}"]
             for kind in KINDS if kind != "none"} for kernel in KERNELS}, "x"))
bench.finish()
