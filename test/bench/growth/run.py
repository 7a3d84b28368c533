"""How costs grow with the number of sites."""

import contextlib
import json
import os
import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench import Bench, slope, svg  # noqa: E402
from many_events import event_source  # noqa: E402
from target import Target  # noqa: E402

bench = Bench("growth")
toggle = bench.here.parent / "toggle"
for name in ("measure", "trace", "wait"):
    bench.run(bench.clangxx, "-O2", bench.include, "-c", toggle / f"{name}.cpp", "-o", f"{name}.o")
compiled = set()


def objects(sites):
    """Object files of at most 1,000 sites, ten an event. Each is compiled once."""
    files = []
    for first in range(0, sites, 1000):
        count = min(sites - first, 1000)
        events, each = (count // 10, 10) if count >= 10 else (count, 1)
        file = bench.folder / f"points-{first // 10}-{events}-{each}.o"
        if file not in compiled:
            compiled.add(file)
            text = event_source(events, each, first=first // 10, padding=20)
            (bench.folder / "points.c").write_text(text)
            bench.run(*bench.compiler("trace"), "-O1", "-fplugin-arg-trace-system=bench", "-c", "points.c", "-o", file)
        files.append(file)
    return files


def measure(sites):
    files = objects(sites)
    (bench.folder / "files.rsp").write_text("\n".join(map(str, files)))
    program, waiting = (bench.folder / f"{name}-{sites}" for name in ("growth", "waiting"))
    objects_and_libraries = ["@files.rsp", *bench.link, "-lpthread", "-fuse-ld=lld"]
    link = [bench.clangxx, "measure.o", "trace.o", *objects_and_libraries, "-o", program]
    bench.run(bench.clangxx, "wait.o", *objects_and_libraries, "-o", waiting)
    runs = bench.choose(9, 3)
    link_seconds = statistics.median(bench.seconds(link) for _ in range(runs))
    sizes = bench.section_bytes(program)
    environment = {**os.environ, "TRACE_OUTPUT": "/dev/null"}

    def toggles(pattern):
        repetitions = bench.choose(50, 5) if sites >= 10000 else bench.choose(500, 50)
        found = [json.loads(bench.run(program, pattern, repetitions, "alone", env=environment))
                 for _ in range(runs)]
        return {key: statistics.median(each[key] for each in found) / 1000
                for key in ("first", "enable", "disable")}

    def instructions_of_a_call():
        """Of the library and libc, of one enable or disable of all."""
        few, more = (bench.instructions([program, "bench:*", str(pairs), "alone"], env=environment)
                     for pairs in (2, 4))
        return (more - few) / 4

    def commands(pattern):
        with contextlib.ExitStack() as stack:
            target = Target(waiting, stack)
            stack.enter_context(target.running())
            return statistics.median(
                bench.seconds([bench.tracepoint, command, "-p", target.process.pid, "-e", pattern])
                for _ in range(runs) for command in ("enable", "disable")) * 1000

    every, one = toggles("bench:*"), toggles("bench:e0")
    usage = subprocess_seconds(program, runs)
    return {
        "table, bytes": sizes["__jump_table"],
        "descriptors, bytes": sizes["__trace_events"],
        "link, ms": link_seconds * 1000,
        "start-up, ms": usage * 1000,
        "list, ms": statistics.median(bench.seconds([bench.tracepoint, "list", program])
                                      for _ in range(runs)) * 1000,
        "first enable of all, us": every["first"],
        "enable all, us": every["enable"],
        "disable all, us": every["disable"],
        "either, instructions": instructions_of_a_call(),
        "first enable of one, us": one["first"],
        "enable one, us": one["enable"],
        "tracepoint enable -p, all, ms": commands("bench:*"),
        "tracepoint enable -p, one, ms": commands("bench:e0"),
    }


def subprocess_seconds(program, runs):
    """Start to end of a run that switches nothing: it only prints its usage."""
    import subprocess
    import time
    times = []
    for _ in range(runs * 3):
        start = time.perf_counter()
        subprocess.run([program], stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


counts = [1, 10, 100, 1000, 10000] + bench.choose([100000], [])
results = {sites: measure(sites) for sites in counts}
keys = list(results[1])
bench.table("By number of sites, ten an event; slope: exponent of growth over the last step, 1 is linear",
            ["", *(f"{count:,}" for count in counts), "slope"],
            [[key, *(f"{results[count][key]:.4g}" for count in counts),
              f"{slope([(count, results[count][key]) for count in counts]):.2f}"] for key in keys])
bench.plot("sites", svg.lines(
    "Costs by the number of sites",
    {key: [(count, results[count][key]) for count in counts] for key in keys
     if "bytes" not in key and "instructions" not in key},
    "sites", "ms or us"))
bench.finish()
