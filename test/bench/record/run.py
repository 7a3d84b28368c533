"""What an enabled event costs, side by side in one run: the floor (read the
counter, store 32 bytes), ours in both modes, LTTng-UST in both, and a uprobe on a
USDT probe.

    wall   what passed; needs an idle machine
    work   what the threads' processors worked, in the kernel too
"""

import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench import Bench, ratio  # noqa: E402

TRACEFS = "/sys/kernel/tracing"


def see_tracefs():
    """uprobes need it; mounted for this process alone where it is not."""
    if os.geteuid() != 0 or os.path.exists(f"{TRACEFS}/uprobe_events") or "TRACE_BENCH" in os.environ:
        return
    os.environ["TRACE_BENCH"] = "mounted"
    script = f'mount -t tracefs nodev {TRACEFS}; exec "$@"'
    os.execvp("unshare", ["unshare", "-m", "sh", "-c", script, "-", sys.executable, "-B", *sys.argv])


def write_tracefs(name, text):
    """As shell's >> does: truncation would remove everybody's probes, and
    Python's own append seeks, which these files refuse."""
    file = os.open(f"{TRACEFS}/{name}", os.O_WRONLY | os.O_APPEND)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


class Record(Bench):
    def __init__(self):
        super().__init__("record")
        self.events = self.choose(4_000_000, 400_000)
        self.directory = self.folder / "recording"

    def compile(self, name, source, *arguments):
        self.run(self.clang, "-O2", "-pthread", f"-I{self.here}", self.here / source, "-o", self.folder / name,
                 *arguments)

    def has_header(self, name):
        command = [self.clang, "-fsyntax-only", "-x", "c", "-"]
        return subprocess.run(command, input=f"#include <{name}>", text=True, capture_output=True).returncode == 0

    def compile_all(self):
        self.compile("floor", "floor.c")
        for name, *macros in (["ours"], ["ours-string", "-DSTRING"]):
            self.compile(name, "ours.c", self.plugin, self.include, *macros)
        self.has_lttng = shutil.which("lttng") is not None and self.has_header("lttng/tracepoint.h")
        if self.has_lttng:
            for name, *macros in (["lttng"], ["lttng-string", "-DSTRING"]):
                self.compile(name, "lttng.c", *macros, "-llttng-ust", "-ldl")
        self.has_uprobes = self.has_header("sys/sdt.h") and os.access(f"{TRACEFS}/uprobe_events", os.W_OK)
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

    def floor(self, threads):
        return self.measure(*self.program("floor", threads))

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
            mode = ["--snapshot"] if flight else []
            self.run("lttng", "-q", "create", "bench", *mode, f"--output={self.directory}")
            channel = (["--overwrite", "--subbuf-size=256K", "--num-subbuf=4"] if flight
                       else ["--discard", "--subbuf-size=4M", "--num-subbuf=8"])
            try:
                self.run("lttng", "-q", "enable-channel", "--userspace", *channel, "c")
                self.run("lttng", "-q", "enable-event", "--userspace", "--channel=c", "bench:*")
                self.run("lttng", "-q", "start")
                return self.measure(*self.program(name, threads))
            finally:
                subprocess.run(["lttng", "-q", "destroy", "--no-wait", "bench"], stdout=subprocess.DEVNULL)
                self.remove_recording()

        return run

    def usdt_offset(self):
        """The probe's place in the file, of readelf's notes."""
        program = self.folder / "usdt"
        address = int(re.search(r"Location: (0x[0-9a-f]+)", self.run("readelf", "-nW", program))[1], 16)
        segments = re.findall(r"LOAD +(0x[0-9a-f]+) (0x[0-9a-f]+) 0x[0-9a-f]+ (0x[0-9a-f]+)",
                              self.run("readelf", "-lW", program))
        for offset, start, size in segments:
            if int(start, 16) <= address < int(start, 16) + int(size, 16):
                return address - int(start, 16) + int(offset, 16)
        raise RuntimeError("the probe lies in no segment")

    def uprobe(self, threads):
        place = f"{self.folder}/usdt:{self.usdt_offset():#x}"
        write_tracefs("uprobe_events", f"p:bench/number {place} n=%di v=%si\n")
        try:
            write_tracefs("events/bench/number/enable", "1")
            # A fiftieth of the events: each is a trap.
            return self.measure(*self.program("usdt", threads, self.events // 50))
        finally:
            write_tracefs("events/bench/number/enable", "0")
            write_tracefs("uprobe_events", "-:bench/number\n")

    def variants(self):
        yield "floor", self.floor
        yield "flight recorder", self.ours("ours", "--flight")
        yield "flight recorder, 16-byte string", self.ours("ours-string", "--flight")
        yield "stream", self.ours("ours")
        yield "stream, 16-byte string", self.ours("ours-string")
        if self.has_lttng:
            yield "LTTng-UST, flight recorder", self.lttng("lttng", True)
            yield "LTTng-UST, flight recorder, string", self.lttng("lttng-string", True)
            yield "LTTng-UST, stream", self.lttng("lttng", False)
        if self.has_uprobes:
            yield "USDT and a uprobe", self.uprobe

    def report(self, threads, results):
        medians = {name: [statistics.median(times) for times in zip(*runs)] for name, runs in results.items()}
        base_wall, base_work = medians["floor"]
        self.table(f"{threads} thread{'s' if threads > 1 else ''}: an int and a 64-bit number",
                   ["", "ns an event", "times the floor", "work, ns", "times the floor"],
                   [[name, f"{wall:.1f}", ratio(wall, base_wall), f"{work:.1f}", ratio(work, base_work)]
                    for name, (wall, work) in medians.items()])

    def measure_all(self):
        table = list(self.variants())
        for threads in (1, 2):
            # In turn, so that what the machine does meanwhile meets all alike.
            results = {}
            for _ in range(self.choose(9, 1)):
                for name, run in table:
                    results.setdefault(name, []).append(run(threads))
            self.report(threads, results)


def main():
    see_tracefs()
    bench = Record()
    bench.compile_all()
    daemon = None
    if bench.has_lttng:
        daemon = subprocess.Popen(["lttng-sessiond", "--no-kernel", "--quiet"], stderr=subprocess.DEVNULL)
    else:
        bench.text("Without LTTng-UST: no lttng-tools, liblttng-ust-dev.")
    if not bench.has_uprobes:
        bench.text("Without uprobes: no systemtap-sdt-dev, or not root.")
    try:
        bench.measure_all()
    finally:
        if daemon:
            daemon.terminate()
            daemon.wait()
    bench.finish()


main()
