"""What trace points cost a process that starts, while they are off."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench import Bench, ratio  # noqa: E402
from many_events import event_source  # noqa: E402

bench = Bench("startup")
main = "int main(void) { return 0; }\n"
# A thousand events with ten sites each; their code in all of the programs.
(bench.folder / "plain.c").write_text(event_source(1000, 10, tracer="none") + main)
(bench.folder / "traced.c").write_text(event_source(1000, 10) + main)
(bench.folder / "empty.c").write_text("void empty(void) {}\n")
cc = [bench.clang, "-O1"]
bench.run(*cc, "-shared", "-fPIC", "empty.c", "-o", "libempty.so")
bench.run(*cc, "plain.c", "-o", "plain")
bench.run(*cc, bench.plugin, "traced.c", "-o", "traced")
bench.run(*cc, bench.plugin, "traced.c", bench.build / "lib/libtracepoint.a", "-o", "static")
bench.run(*cc, bench.plugin, "traced.c", *bench.link, "-o", "shared")
bench.run(*cc, "plain.c", "-Wl,--no-as-needed", f"-L{bench.folder}", "-lempty", f"-Wl,-rpath,{bench.folder}", "-o",
          "empty")
bench.run(*cc, f"-I{bench.here.parent}/disabled", "plain.c",
          bench.here.parent / "disabled/provider.c", "-llttng-ust", "-ldl", "-o", "lttng")
bench.run(*cc, bench.here / "spawn.c", "-o", "spawn")
programs = {"plain": "without trace points", "traced": "10,000 trace points",
            "static": "the same, linked with libtracepoint.a",
            "shared": "the same, linked with libtracepoint.so",
            "empty": "without trace points, linked with an empty shared object",
            "lttng": "LTTng-UST, one event, no daemon"}
times = dict(zip(programs, map(float, bench.run("./spawn", bench.choose(2001, 51),
                                                *(bench.folder / name for name in programs)).split())))
bench.table("Start to end of a process that does nothing", ["", "ratio", "us", "more, us"],
            [[title, ratio(times[name], times["plain"]), f"{times[name]:.0f}", f"{times[name] - times['plain']:.0f}"]
             for name, title in programs.items()])
bench.finish()
