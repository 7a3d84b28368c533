"""What trace points cost a process that starts, while they are off."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench import Bench, ratio  # noqa: E402
from many_events import event_source  # noqa: E402

bench = Bench("startup")
main = "int main(void) { return 0; }\n"
(bench.folder / "plain.c").write_text(event_source(1000, 1, tracer="none") + main)
(bench.folder / "traced.c").write_text(event_source(1000, 1) + main)
bench.run(bench.clang, "-O1", "plain.c", "-o", "plain")
bench.run(bench.clang, "-O1", bench.plugin, "traced.c", "-o", "traced")
bench.run(bench.clang, "-O1", bench.plugin, "traced.c", *bench.link, "-o", "linked")
bench.run(bench.clang, "-O1", f"-I{bench.here.parent}/disabled", "plain.c",
          bench.here.parent / "disabled/provider.c", "-llttng-ust", "-ldl", "-o", "lttng")
commands = {name: [bench.folder / name] for name in ("plain", "traced", "linked", "lttng")}
times = bench.side_by_side(commands, bench.choose(301, 21))
titles = {"plain": "without trace points", "traced": "1,000 trace points",
          "linked": "the same, linked with -ltracepoint", "lttng": "LTTng-UST, one event, no daemon"}
bench.table("Start to end of a process that does nothing", ["", "ratio", "ms"],
            [[titles[name], ratio(times[name], times["plain"]), f"{times[name] * 1000:.2f}"]
             for name in commands])
bench.finish()
