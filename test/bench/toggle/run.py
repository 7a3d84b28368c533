"""What it costs to switch events on and off."""

import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench import Bench  # noqa: E402
from many_events import event_source  # noqa: E402

bench = Bench("toggle")
# 1,000 events with a site each, on some 40 pages. A function begins where the
# nop's five bytes lie in one aligned word; five bytes on they lie in two.
(bench.folder / "points.c").write_text(event_source(1000, 1, padding=100, lead=5))
bench.run(bench.clang, "-O1", bench.plugin, "-fplugin-arg-trace-system=bench", "-c", "points.c")
bench.run(bench.clangxx, "-O2", bench.include, bench.here / "main.cpp", "points.o", *bench.link,
          "-lpthread", "-o", "toggle")
pages = bench.section_bytes(bench.folder / "toggle")[".text"] // 4096 + 1

rows = []
for title, pattern in (("1 event, named, in one word", "bench:e500"),
                       ("1 event, named, in two words", "bench:e501"),
                       ("1,000 events, 'bench:*'", "bench:*")):
    for load in ("alone", "busy"):
        runs = [json.loads(bench.run(bench.folder / "toggle", pattern, bench.choose(1000, 50), load,
                                     env={**os.environ, "TRACE_OUTPUT": "/dev/null"}))
                for _ in range(bench.choose(9, 3))]
        runs.sort(key=lambda run: run["enable"])
        run = runs[len(runs) // 2]
        rows.append([f"{title}, {load}", run["events"], *(f"{run[key] / 1000:.1f}" for key in
                                                           ("first", "enable", "disable"))])
bench.table(f"Microseconds of one call; code on {pages} pages. 'busy': a thread runs a site on "
            "another processor", ["", "events", "first enable", "enable", "disable"], rows)
bench.finish()
