"""What trace points cost a process that starts, while they are off, beside those
of other tracers."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench import KINDS, Bench, ratio, svg  # noqa: E402
from many_events import event_source, write_lttng_provider  # noqa: E402

bench = Bench("startup")
# A thousand events with ten sites each; their functions in all of the programs.
EVENTS, SITES = 1000, 10
main = "void bench_record(unsigned long a, unsigned long b) {}\nint main(void) { return 0; }\n"
(bench.folder / "points.c").write_text(event_source(EVENTS, SITES) + main)
(bench.folder / "empty.c").write_text("void empty(void) {}\n")
write_lttng_provider(bench.folder, EVENTS)
bench.run(bench.clang, "-shared", "-fPIC", "empty.c", "-o", "libempty.so")
bench.run(bench.clang, "-O1", bench.here / "spawn.c", "-o", "spawn")
for kind in ("none", *KINDS):
    bench.run(*bench.compiler(kind), f"-I{bench.folder}", "-O1", "-c", "points.c", "-o", f"{kind}.o")
bench.run(bench.clang, "-I.", "-O1", "-c", "provider.c", "-o", "provider.o")
(bench.folder / "one").mkdir(exist_ok=True)
write_lttng_provider(bench.folder / "one", 1)
bench.run(bench.clang, "-Ione", "-O1", "-c", "one/provider.c", "-o", "one.o")

titles = {}


def program(name, title, *arguments):
    bench.run(bench.clang, "-O1", *arguments, "-o", name)
    titles[name] = title


lttng = ["-llttng-ust", "-ldl"]
program("plain", "without trace points", "none.o")
program("traced", "10,000 sites", "trace.o")
program("static", "10,000 sites, linked with libtracepoint.a", "trace.o", bench.build / "lib/libtracepoint.a")
program("shared", "10,000 sites, linked with libtracepoint.so", "trace.o", *bench.link)
program("empty", "without trace points, linked with an empty shared object", "none.o", "-Wl,--no-as-needed",
        f"-L{bench.folder}", "-lempty", f"-Wl,-rpath,{bench.folder}")
for kind in ("asm_goto", "flag", "sdt_clang", "sdt_gcc"):
    program(kind, f"{KINDS[kind]}, 10,000 sites", f"{kind}.o")
program("xray", "XRay, 10,000 functions", "xray.o", "-fxray-instrument")
program("lttng-one", "LTTng-UST, one event, no daemon", "none.o", "one.o", *lttng)
program("lttng", "LTTng-UST, 10,000 sites, no daemon", "lttng.o", "provider.o", *lttng)

medians = bench.run("./spawn", bench.choose(2001, 51), *(bench.folder / name for name in titles)).split()
times = dict(zip(titles, map(float, medians)))
bench.table("Start to end of a process that does nothing", ["", "ratio", "us", "more, us"],
            [[title, ratio(times[name], times["plain"]), f"{times[name]:.0f}", f"{times[name] - times['plain']:.0f}"]
             for name, title in titles.items()])
bench.plot("time", svg.bars("Start to end of a process that does nothing",
                            {"": {title: times[name] for name, title in titles.items()}}, "us"))
bench.finish()
