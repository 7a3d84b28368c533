"""What it costs to switch events on and off: by a call of the program, beside
XRay and a flag, and from outside, beside LTTng-UST and uprobes."""

import contextlib
import json
import os
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import lttng  # noqa: E402
import tracefs  # noqa: E402
from bench import Bench, ratio, svg  # noqa: E402
from many_events import event_source, write_lttng_provider  # noqa: E402
from target import Target  # noqa: E402

EVENTS = 1000
tracefs.see()
bench = Bench("toggle")


def build(kind, main, *arguments):
    """1,000 events with a site each, on some 40 pages, and the program that
    switches them. trace::point's functions begin where the nop's five bytes lie
    in one aligned word, those of odd events five bytes on, where they lie in two."""
    system = ["-fplugin-arg-trace-system=bench"] if kind == "trace" else []
    bench.run(*bench.compiler(kind), *system, f"-I{bench.folder}", "-O1", "-c", "points.c", "-o", f"points-{kind}.o")
    program = bench.folder / f"{main}-{kind}"
    sources = [bench.here / f"{name}.cpp" for name in ([main, kind] if main == "measure" else [main])]
    bench.run(bench.clangxx, "-O2", bench.include, *sources, f"points-{kind}.o", *arguments, "-lpthread", "-o", program)
    return program


(bench.folder / "points.c").write_text(event_source(EVENTS, 1, padding=100, lead=5))
write_lttng_provider(bench.folder, EVENTS)

# ---- By a call of the program -------------------------------------------------
programs = {"trace": build("trace", "measure", *bench.link),
            "xray": build("xray", "measure", "-fxray-instrument", "-rdynamic"),
            "flag": build("flag", "measure")}
pages = bench.section_bytes(programs["trace"])[".text"] // 4096 + 1
CALLS = [("1 event, named, in one word", "trace", "bench:e500"),
         ("1 event, named, in two words", "trace", "bench:e501"),
         ("XRay, 1 function", "xray", "f500_0"),
         ("relaxed flag", "flag", "e500"),
         ("1,000 events, 'bench:*'", "trace", "bench:*"),
         ("XRay, 1,000 functions", "xray", "*")]
loads = [(*call, load) for call in CALLS for load in ("alone", "busy")]
runs = {load: [] for load in loads}
for _ in range(bench.choose(9, 3)):
    for load in loads:
        _, kind, what, beside = load
        runs[load].append(json.loads(bench.run(programs[kind], what, bench.choose(1000, 50), beside,
                                               env={**os.environ, "TRACE_OUTPUT": "/dev/null"})))
rows, plotted = [], {}
for title, kind, what, beside in loads:
    found = sorted(runs[title, kind, what, beside], key=lambda run: run["enable"])
    run = found[len(found) // 2]
    plotted.setdefault(beside, {})[title] = run["enable"] / 1000
    rows.append([f"{title}, {beside}", run["events"],
                 *(f"{run[key] / 1000:.3g}" for key in ("first", "enable", "disable"))])
bench.table(f"Microseconds of one call; code on {pages} pages. 'busy': a thread runs a site on "
            "another processor", ["", "events", "first enable", "enable", "disable"], rows)
bench.plot("call", svg.bars("Enable by a call of the program", plotted, "us", logarithmic=True))


# ---- From outside -------------------------------------------------------------


def seconds(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def trace_command(stack):
    target = Target(build("trace", "wait", *bench.link), stack)
    return target, lambda on: bench.run(bench.tracepoint, "enable" if on else "disable", "-p", target.process.pid,
                                        "-e", "bench:e500")


def lttng_command(stack):
    bench.run(bench.clang, "-O1", "-I.", "-c", "provider.c", "-o", "provider.o")
    program = build("lttng", "wait", "provider.o", "-llttng-ust", "-ldl")
    stack.enter_context(lttng.daemon())
    stack.enter_context(lttng.session(bench, bench.folder / "recording", "bench:e1", flight=True))
    return Target(program, stack), lambda on: bench.run("lttng", "-q", "enable-event" if on else "disable-event",
                                                        "--userspace", "--channel=c", "bench:e500")


def uprobe(stack):
    program = build("sdt_clang", "wait")
    target = Target(program, stack)
    return target, stack.enter_context(tracefs.Uprobe(bench, program, "e500")).switch


with contextlib.ExitStack() as stack:
    switches = {"tracepoint enable -p, tracepoint disable -p": trace_command(stack)}
    if lttng.is_installed(bench):
        switches["lttng enable-event, lttng disable-event"] = lttng_command(stack)
    else:
        bench.text("Without LTTng-UST: no lttng-tools, liblttng-ust-dev.")
    if tracefs.is_usable():
        switches["uprobe on an SDT probe, tracefs written without a command"] = uprobe(stack)
    else:
        bench.text("Without uprobes: not root.")
    times = {switch: ([], []) for switch in switches}
    for _ in range(bench.choose(31, 3)):
        for name, (target, switch) in switches.items():
            with target.running():
                for on, found in zip((True, False), times[name]):
                    found.append(seconds(lambda: switch(on)) * 1e3)
medians = {name: [statistics.median(found) for found in both] for name, both in times.items()}
ours = next(iter(medians.values()))
bench.table("Milliseconds from outside, one event of a process with a busy thread, command and all",
            ["", "enable, times ours", "disable, times ours", "enable", "disable"],
            [[name, ratio(on, ours[0]), ratio(off, ours[1]), f"{on:.2f}", f"{off:.2f}"]
             for name, (on, off) in medians.items()])
bench.plot("outside", svg.bars("From outside", {
    what: {name: both[index] for name, both in medians.items()} for index, what in enumerate(("enable", "disable"))},
    "ms"))
bench.finish()
