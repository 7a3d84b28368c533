"""What the benchmarks share: compiling, measuring side by side, tables, plots.

A benchmark is a folder test/bench/NAME with a run.py, which `./dev bench NAME`
starts, and a packages.txt, the Debian packages that it needs. Those here make a
Bench, add tables and plots to it, and end with finish()."""

import argparse
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import threading
import time

import svg

source = pathlib.Path(__file__).resolve().parent.parent.parent

# The compared tracers: sites.h has a site of each.
KINDS = {"trace": "trace::point", "asm_goto": "asm goto, C call (as Linux)", "flag": "relaxed flag, C call",
         "sdt_clang": "SDT, Clang", "sdt_gcc": "SDT, GCC", "lttng": "LTTng-UST", "xray": "XRay custom event"}


def cpu_model():
    text = pathlib.Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*: (.*)", text)
    return model[1] if model else platform.machine()


def machine():
    return f"{cpu_model()}, {os.cpu_count()} processors, Linux {platform.release()}"


class Bench:
    def __init__(self, name):
        parser = argparse.ArgumentParser(prog=f"./dev bench {name}")
        parser.add_argument("build", type=pathlib.Path)
        parser.add_argument("llvm")
        parser.add_argument("--quick", action="store_true",
                            help="few repetitions: shows that it works, not what it costs")
        parser.add_argument("--write", action="store_true", help="update docs/performance.md")
        options = parser.parse_args()
        self.name = name
        self.quick, self.write = options.quick, options.write
        self.build = options.build.resolve()
        self.clang = f"/usr/lib/llvm-{options.llvm}/bin/clang"
        self.clangxx = self.clang + "++"
        self.llvm = pathlib.Path(f"/usr/lib/llvm-{options.llvm}/bin")
        self.plugin = f"-fplugin={self.build}/lib/ClangTracePoint-{options.llvm}.so"
        self.include = f"-I{self.build}/include"
        self.link = [f"-L{self.build}/lib", "-ltracepoint", f"-Wl,-rpath,{self.build}/lib"]
        self.tracepoint = self.build / "bin/tracepoint"
        self.folder = source / "build/bench" / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.here = source / "test/bench" / name
        self.parts = []

    def choose(self, usual, quick):
        return quick if self.quick else usual

    # ---- Commands -----------------------------------------------------------

    def run(self, *command, **options):
        command = [str(word) for word in command]
        options.setdefault("cwd", self.folder)
        done = subprocess.run(command, capture_output=True, text=True, **options)
        if done.returncode != 0:
            sys.exit(f"bench {self.name}: {' '.join(command)}: exit status {done.returncode}\n"
                     + done.stdout[-2000:] + done.stderr[-4000:])
        return done.stdout

    def compiler(self, kind):
        """The command that compiles C with sites.h's sites of that kind."""
        extra = {"trace": [self.plugin], "xray": ["-fxray-instrument"]}.get(kind, [])
        return ["gcc" if kind.endswith("_gcc") else self.clang, *extra, f"-DSITE_{kind}", f"-I{self.here.parent}"]

    def seconds(self, command, **options):
        start = time.perf_counter()
        self.run(*command, **options)
        return time.perf_counter() - start

    def side_by_side(self, commands, runs):
        """Medians of seconds by name. Every round runs each command once, so
        that what disturbs the machine disturbs all alike."""
        times = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                times[name].append(self.seconds(command))
        return {name: statistics.median(each) for name, each in times.items()}

    def sharing_a_processor(self, commands, rounds):
        """Seconds of processor time by name, one of every round. The commands of
        a round run at once on one processor, some milliseconds each in turn, so
        that what slows it down slows all of them: the same command twice differs
        by a ten-thousandth, where one after the other they differ by hundredths."""
        def run(command, times):
            child = subprocess.Popen([str(word) for word in command], cwd=self.folder)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode == 0:
                times.append(usage.ru_utime + usage.ru_stime)
        times = {name: [] for name in commands}
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(before)})
        for round in range(rounds):
            # Who is first is a little ahead.
            order = list(commands)[round % len(commands):] + list(commands)[:round % len(commands)]
            threads = [threading.Thread(target=run, args=(commands[name], times[name]))
                       for name in order]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            if failed := [name for name in commands if len(times[name]) != round + 1]:
                sys.exit(f"bench {self.name}: {', '.join(failed)} failed")
        os.sched_setaffinity(0, before)
        return times

    def instructions(self, command, function=None, **options):
        """Executed, counted by callgrind: of the process, or in `function` and
        all that it calls."""
        out = self.folder / f"callgrind-{threading.get_ident()}.out"
        toggle = [f"--toggle-collect={function}"] if function else []
        self.run("valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *toggle, *command,
                 **options)
        total = re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.M)
        out.unlink()
        return int(total[1])

    def google_benchmark(self, program, *options, **environment):
        """Median nanoseconds by benchmark name, in one process, interleaved."""
        repetitions = self.choose(15, 3)
        seconds = self.choose("0.05", "0.005")
        text = self.run(program, "--benchmark_format=json", f"--benchmark_repetitions={repetitions}",
                        "--benchmark_enable_random_interleaving=true",
                        f"--benchmark_min_time={seconds}",
                        "--benchmark_report_aggregates_only=false", *options,
                        env={**os.environ, **environment})
        times = {}
        for each in json.loads(text)["benchmarks"]:
            if each["run_type"] == "iteration":
                times.setdefault(each["name"].split("/repeats")[0], []).append(each["real_time"])
        return {name: statistics.median(each) for name, each in times.items()}

    def sections(self, file):
        """Name, flags (readelf's letters) and size of each."""
        lines = self.run("readelf", "-SW", file).splitlines()
        row = re.compile(r"\s*\[ *\d+\] (\S+) +\S+ +\S+ +\S+ +(\S+) +\S+ +([A-Za-z]*) +\d+ +\d+ +\d+$")
        return [(found[1], found[3], int(found[2], 16)) for line in lines if (found := row.match(line))]

    def section_bytes(self, file):
        """Sizes of the sections by name."""
        sizes = {}
        for name, _, size in self.sections(file):
            sizes[name] = sizes.get(name, 0) + size
        return sizes

    # ---- Results ------------------------------------------------------------

    def text(self, text):
        self.parts.append(text)

    def table(self, title, header, rows):
        def line(cells):
            return "| " + " | ".join(str(cell) for cell in cells) + " |"
        rule = "|" + "|".join(["---"] + ["---:"] * (len(header) - 1)) + "|"
        self.parts.append("\n".join([f"**{title}**", "", line(header), rule, *map(line, rows)]))

    def plot(self, name, drawing):
        self.parts.append(f"![{name}](performance/{self.name}-{name}.svg)")
        folder = source / "docs/performance" if self.write else self.folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}-{name}.svg").write_text(drawing)

    def finish(self):
        how = "few repetitions" if self.quick else "medians"
        body = "\n\n".join([*self.parts, f"({machine()}; {how}.)"])
        print(body)
        if self.write:
            replace_section(self.name, body)


def replace_section(name, body):
    """Between the two marks in docs/performance.md."""
    page = source / "docs/performance.md"
    begin, end = f"<!-- bench {name} -->\n", f"<!-- end {name} -->"
    text = page.read_text()
    if begin not in text:
        sys.exit(f"bench: docs/performance.md has no {begin.strip()}")
    before, rest = text.split(begin, 1)
    after = rest.split(end, 1)[1]
    page.write_text(f"{before}{begin}{body}\n{end}{after}")


def ratio(value, base):
    return f"{value / base:.2f}" if base else "-"


def slope(points):
    """The exponent of growth between the last two of (n, cost): 1 is linear."""
    import math
    (n0, y0), (n1, y1) = points[-2:]
    return math.log(y1 / y0) / math.log(n1 / n0) if y0 > 0 and y1 > 0 else 0.0


__all__ = ["Bench", "KINDS", "machine", "ratio", "slope", "source", "svg"]
