"""run.py BUILD LLVM [--events N] [--runs N]: what an enabled event costs, side by
side in one run: the floor (read the counter, store 32 bytes), ours in both modes,
LTTng-UST in both, and a uprobe on a USDT probe. Medians; times are of this machine
and this moment, only the ratios are worth anything.

    wall   what passed; needs an idle machine
    work   what the threads' processors worked, in the kernel too
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

parser = argparse.ArgumentParser()
parser.add_argument("build")
parser.add_argument("llvm", help="version")
parser.add_argument("--events", type=int, default=4_000_000)
parser.add_argument("--runs", type=int, default=9)
options = parser.parse_args()
here = os.path.dirname(os.path.abspath(__file__))
build = os.path.abspath(options.build)
tracepoint = f"{build}/bin/tracepoint"
work = tempfile.mkdtemp(prefix="tracepoint-bench-")
tracefs = "/sys/kernel/tracing"


def compile_all():
    common = ["-O2", "-pthread", f"-I{here}"]
    ours = [f"-fplugin={build}/lib/ClangTracePoint-{options.llvm}.so", f"-I{build}/include"]

    def cc(name, source, *arguments):
        output = f"{work}/{name}"
        subprocess.run(
            [f"clang-{options.llvm}", *common, f"{here}/{source}", "-o", output, *arguments], check=True
        )

    cc("floor", "floor.c")
    cc("ours", "ours.c", *ours)
    cc("ours-string", "ours.c", "-DSTRING", *ours)
    if shutil.which("lttng") and os.path.exists("/usr/include/lttng/tracepoint.h"):
        cc("lttng", "lttng.c", "-llttng-ust", "-ldl")
        cc("lttng-string", "lttng.c", "-DSTRING", "-llttng-ust", "-ldl")
    if os.path.exists("/usr/include/x86_64-linux-gnu/sys/sdt.h"):
        cc("usdt", "usdt.c")


def measure(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wall, cpu = map(float, done.stdout.split())
    return wall, cpu


def program(name, threads, events=options.events):
    return [f"{work}/{name}", str(events), str(threads)]


def floor(threads):
    return measure(*program("floor", threads))


def ours(name, mode):
    def run(threads):
        directory = f"{work}/recording"
        shutil.rmtree(directory, ignore_errors=True)
        flags = ["--flight"] if mode == "flight" else []
        result = measure(
            tracepoint, "record", "-q", *flags, "-o", directory, "-e", "*",
            "--", *program(name, threads),
        )
        shutil.rmtree(directory, ignore_errors=True)
        return result

    return run


def lttng(*arguments):
    subprocess.run(["lttng", "--quiet", *arguments], check=True, stdout=subprocess.DEVNULL)


def by_lttng(name, mode):
    def run(threads):
        directory = f"{work}/lttng-trace"
        if mode == "flight":
            lttng("create", "bench", "--snapshot", f"--output={directory}")
            channel = ["--overwrite", "--subbuf-size=256K", "--num-subbuf=4"]
        else:
            lttng("create", "bench", f"--output={directory}")
            channel = ["--discard", "--subbuf-size=4M", "--num-subbuf=8"]
        try:
            lttng("enable-channel", "--userspace", *channel, "c")
            lttng("enable-event", "--userspace", "--channel=c", "bench:*")
            lttng("start")
            return measure(*program(name, threads))
        finally:
            subprocess.run(["lttng", "--quiet", "destroy", "--no-wait", "bench"],
                           stdout=subprocess.DEVNULL)
            shutil.rmtree(directory, ignore_errors=True)

    return run


def usdt_offset():
    """The probe's place in the file, of readelf's notes."""
    notes = subprocess.run(
        ["readelf", "-nW", f"{work}/usdt"], capture_output=True, text=True, check=True
    ).stdout
    address = int(re.search(r"Location: (0x[0-9a-f]+)", notes)[1], 16)
    segments = subprocess.run(
        ["readelf", "-lW", f"{work}/usdt"], capture_output=True, text=True, check=True
    ).stdout
    for offset, start, size in re.findall(
        r"LOAD +(0x[0-9a-f]+) (0x[0-9a-f]+) 0x[0-9a-f]+ (0x[0-9a-f]+)", segments
    ):
        if int(start, 16) <= address < int(start, 16) + int(size, 16):
            return address - int(start, 16) + int(offset, 16)
    raise RuntimeError("the probe lies in no segment")


def write_tracefs(name, text):
    """As shell's >> does: truncation would remove everybody's probes, and
    Python's own append seeks, which these files refuse."""
    file = os.open(f"{tracefs}/{name}", os.O_WRONLY | os.O_APPEND)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


def by_uprobe(threads):
    write_tracefs("uprobe_events", f"p:bench/number {work}/usdt:{usdt_offset():#x} n=%di v=%si\n")
    try:
        write_tracefs("events/bench/number/enable", "1")
        # A fiftieth of the events: each is a trap.
        return measure(*program("usdt", threads, options.events // 50))
    finally:
        write_tracefs("events/bench/number/enable", "0")
        write_tracefs("uprobe_events", "-:bench/number\n")


def variants():
    yield "floor", floor
    yield "flight", ours("ours", "flight")
    yield "flight, 16-byte string", ours("ours-string", "flight")
    yield "stream", ours("ours", "stream")
    if os.path.exists(f"{work}/lttng"):
        yield "LTTng-UST flight", by_lttng("lttng", "flight")
        yield "LTTng-UST flight, string", by_lttng("lttng-string", "flight")
        yield "LTTng-UST stream", by_lttng("lttng", "stream")
    else:
        print("without LTTng-UST: no lttng-tools, liblttng-ust-dev", file=sys.stderr)
    if os.path.exists(f"{work}/usdt") and os.access(f"{tracefs}/uprobe_events", os.W_OK):
        yield "USDT and uprobe", by_uprobe
    else:
        print("without uprobes: no systemtap-sdt-dev, or not root", file=sys.stderr)


def report(threads, results):
    print(f"{threads} thread{'s' if threads > 1 else ''}, {options.runs} runs: ns an event, and times the floor")
    print(f"{'':26}{'wall':>9}{'ratio':>8}{'work':>10}{'ratio':>8}")
    medians = {
        name: [statistics.median(times) for times in zip(*runs)] for name, runs in results.items()
    }
    for name, (wall, cpu) in medians.items():
        base_wall, base_cpu = medians["floor"]
        print(f"{name:26}{wall:9.2f}{wall / base_wall:8.2f}{cpu:10.2f}{cpu / base_cpu:8.2f}")


def main():
    compile_all()
    daemon = None
    if os.path.exists(f"{work}/lttng"):
        daemon = subprocess.Popen(
            ["lttng-sessiond", "--no-kernel", "--quiet"], stderr=subprocess.DEVNULL
        )
    try:
        for threads in (1, 2):
            # In turn, so that what the machine does meanwhile meets all alike.
            results = {}
            table = list(variants())
            for _ in range(options.runs):
                for name, run in table:
                    results.setdefault(name, []).append(run(threads))
            report(threads, results)
    finally:
        if daemon:
            daemon.terminate()
            daemon.wait()
        shutil.rmtree(work, ignore_errors=True)


main()
