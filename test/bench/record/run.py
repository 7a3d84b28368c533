"""What an enabled event costs, side by side in one run: the floor (read the
counter, store 32 bytes), alone and behind two kinds of sites, ours in both modes,
XRay, LTTng-UST in both modes, and a uprobe on a USDT probe.

    wall   what passed; needs an idle machine
    work   what the threads' processors worked, in the kernel too
"""

import contextlib
import os
import pathlib
import shutil
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import lttng  # noqa: E402
import tracefs  # noqa: E402
from bench import Bench, ratio, svg  # noqa: E402


class Record(Bench):
    def __init__(self):
        super().__init__("record")
        self.events = self.choose(4_000_000, 400_000)
        self.directory = self.folder / "recording"

    def compile(self, name, source, *arguments):
        self.run(self.clang, "-O2", "-pthread", f"-I{self.here}", self.here / source, "-o", self.folder / name,
                 *arguments)

    def compile_all(self):
        for name, *macros in (["floor"], ["asm_goto", "-DASM_GOTO"], ["flag", "-DFLAG"]):
            self.compile(name, "floor.c", *macros)
        for name, *macros in (["ours"], ["ours-string", "-DSTRING"]):
            self.compile(name, "ours.c", self.plugin, self.include, *macros)
        self.run(self.clangxx, "-O2", "-pthread", "-fxray-instrument", f"-I{self.here}", self.here / "xray.cpp", "-o", "xray")
        self.has_lttng = lttng.is_installed(self)
        if self.has_lttng:
            for name, *macros in (["lttng"], ["lttng-string", "-DSTRING"]):
                self.compile(name, "lttng.c", *macros, "-llttng-ust", "-ldl")
        self.has_uprobes = tracefs.is_usable()
        if self.has_uprobes:
            self.compile("usdt", "usdt.c")

    def measure(self, *command):
        return tuple(map(float, self.run(*command).split()))

    def remove_recording(self):
        """And all that the disk still has to do for it, which would be the next
        variant's neighbour on its processors."""
        shutil.rmtree(self.directory, ignore_errors=True)
        os.sync()

    def program(self, name, threads, events=None):
        return [self.folder / name, events or self.events, threads]

    def plain(self, name):
        return lambda threads: self.measure(*self.program(name, threads))

    def ours(self, name, *options):
        def run(threads):
            self.remove_recording()
            result = self.measure(self.tracepoint, "record", "-q", *options, "-o", self.directory, "-e", "*", "--",
                                  *self.program(name, threads))
            self.remove_recording()
            return result

        return run

    def lttng(self, name, flight):
        def run(threads):
            with lttng.session(self, self.directory, "bench:*", flight):
                result = self.measure(*self.program(name, threads))
            self.remove_recording()
            return result

        return run

    def uprobe(self, threads):
        with tracefs.Uprobe(self, self.folder / "usdt", "number") as uprobe:
            uprobe.switch(True)
            # A fiftieth of the events: each is a trap.
            return self.measure(*self.program("usdt", threads, self.events // 50))

    def variants(self):
        yield "floor", self.plain("floor")
        yield "floor, behind asm goto", self.plain("asm_goto")
        yield "floor, behind a relaxed flag", self.plain("flag")
        yield "flight recorder", self.ours("ours", "--flight")
        yield "flight recorder, 16-byte string", self.ours("ours-string", "--flight")
        yield "stream", self.ours("ours")
        yield "stream, 16-byte string", self.ours("ours-string")
        yield "XRay custom event, flight data recorder", self.plain("xray")
        if self.has_lttng:
            yield "LTTng-UST, flight recorder", self.lttng("lttng", True)
            yield "LTTng-UST, flight recorder, string", self.lttng("lttng-string", True)
            yield "LTTng-UST, stream", self.lttng("lttng", False)
        if self.has_uprobes:
            yield "USDT and a uprobe", self.uprobe

    def report(self, threads, medians):
        base_wall, base_work = medians["floor"]
        self.table(f"{threads} thread{'s' if threads > 1 else ''}: an int and a 64-bit number",
                   ["", "times the floor", "by work", "ns an event", "work, ns"],
                   [[name, ratio(wall, base_wall), ratio(work, base_work), f"{wall:.1f}", f"{work:.1f}"]
                    for name, (wall, work) in medians.items()])

    def measure_all(self):
        table = list(self.variants())
        plotted = {}
        for threads in (1, 2):
            # In turn, so that what the machine does meanwhile meets all alike.
            results = {}
            for _ in range(self.choose(9, 1)):
                for name, run in table:
                    results.setdefault(name, []).append(run(threads))
            medians = {name: [statistics.median(times) for times in zip(*runs)] for name, runs in results.items()}
            self.report(threads, medians)
            plotted[f"{threads} thread{'s' if threads > 1 else ''}"] = {name: wall for name, (wall, _) in medians.items()}
        self.plot("event", svg.bars("An event that is on", plotted, "ns", logarithmic=True))


def main():
    tracefs.see()
    bench = Record()
    bench.compile_all()
    if not bench.has_lttng:
        bench.text("Without LTTng-UST: no lttng-tools, liblttng-ust-dev.")
    if not bench.has_uprobes:
        bench.text("Without uprobes: not root.")
    with lttng.daemon() if bench.has_lttng else contextlib.nullcontext():
        bench.measure_all()
    bench.finish()


main()
