"""run.py PROGRAM BUILD CLANG: traces a real program.

Fetches its source, inserts trace points, builds it without and with them (-O2,
ThinLTO) and runs its workload with all points off, all on, and toggled at random
by another thread. Its own output must be the same each time."""

import concurrent.futures
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import fetch
import points

here = pathlib.Path(__file__).resolve().parent


# On a busy machine the toggling thread may get little of one run.
TOGGLES_MIN = 1000
RUNS_MAX = 100


def load_program(name):
    place = importlib.util.spec_from_file_location("program", here / name / "program.py")
    program = importlib.util.module_from_spec(place)
    place.loader.exec_module(program)
    return program


def run(command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit status {done.returncode}\n"
                 + done.stderr.decode(errors="replace")[-4000:])
    return done


def build(program, compiler, sources, folder, flags, link):
    """Compiles all files of the program; returns the executable."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

    def compile_one(file):
        target = folder / (file.name + ".o")
        run([*compiler, *flags, *program.flags, f"-I{sources}", "-w", "-c", file, "-o", target])
        return target

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(compile_one, program.files(sources)))
    executable = folder / "program"
    run([compiler[0], *flags, *objects, *program.libraries, *link, "-o", executable])
    return executable


def check(condition, message):
    if not condition:
        sys.exit(f"FAILED: {message}")


def check_list(tracepoint, executable, program):
    """`tracepoint list` shows every point, its fields and a site."""
    listed = json.loads(run([tracepoint, "list", "--json", executable]).stdout)
    events = {event["name"]: event for event in listed if event["system"] == program.system}
    for point in program.points:
        check(point.name in events, f"{point.name} is not listed in {executable}")
        check(events[point.name]["fields"], f"{point.name} has no fields")
        check(events[point.name]["sites"], f"{point.name} has no sites")
    return sum(len(event["sites"]) for event in listed)


def events_in(trace):
    """The number of records by event name."""
    counts = {}
    if not trace.exists():
        return counts
    for line in trace.read_text(errors="replace").splitlines():
        parts = line.split(": ", 2)
        if len(parts) >= 2:
            counts[parts[1].rstrip(":")] = counts.get(parts[1].rstrip(":"), 0) + 1
    return counts


class Workload:
    def __init__(self, program, folder, name):
        self.program, self.folder, self.name = program, folder, name

    def output(self, executable, prefix=(), **environment):
        command = self.program.workload(executable, here / self.name, self.folder)
        done = run([*prefix, *command], env={**os.environ, **{k: str(v) for k, v in environment.items()}})
        return self.program.comparable(done.stdout.decode(errors="replace")), done.stderr.decode()


def trace_three_ways(workload, executable, expected, tree, toggler, kind):
    program, trace = workload.program, workload.folder / f"{kind}.trace"
    output, messages = workload.output(executable)
    check(output == expected, f"{kind}, off: the output differs")
    check(not messages, f"{kind}, off: {messages}")

    trace.unlink(missing_ok=True)
    output, messages = workload.output(
        executable, [tree / "bin/tracepoint", "run", "-e", f"{program.system}:*", "-o", trace, "--"])
    check(output == expected, f"{kind}, on: the output differs")
    counts = events_in(trace)
    for point in program.points:
        check(counts.get(point.name), f"{kind}, on: no record of {point.name}")
    print(f"{kind}: all on: {sum(counts.values())} records of {len(counts)} events", messages.strip())

    trace.unlink()
    toggles = records = runs = 0
    while toggles < TOGGLES_MIN and runs < RUNS_MAX:
        output, messages = workload.output(
            executable, TRACE_OUTPUT=trace,
            LD_PRELOAD=f"{tree}/lib/libtracepoint.so.1:{toggler}")
        check(output == expected, f"{kind}, toggled: the output differs")
        done = re.fullmatch(r"toggled (\d+) times\n", messages)
        check(done, f"{kind}, toggled: {messages}")
        toggles += int(done[1])
        records += sum(events_in(trace).values())
        trace.unlink(missing_ok=True)
        runs += 1
    check(toggles >= TOGGLES_MIN and records, f"{kind}: {toggles} toggles, {records} records")
    print(f"{kind}: toggled {toggles} times in {runs} runs: {records} records")


def main(name, tree, clang):
    tree = pathlib.Path(tree).resolve()
    program = load_program(name)
    folder = tree / "realworld" / name
    source = fetch.fetch(program.package, folder)
    program.prepare(source)
    traced_source = folder / "traced"
    shutil.rmtree(traced_source, ignore_errors=True)
    shutil.copytree(source / program.sources, traced_source)
    points.insert(traced_source, program.points)

    toggler = folder / "toggle.so"
    run([clang, "-O2", "-shared", "-fPIC", f"-I{tree}/include", here / "Inputs" / "toggle.c", "-o", toggler])
    plain = build(program, [clang], source / program.sources, folder / "plain", ["-O2"], [])
    workload = Workload(program, folder, name)
    expected, _ = workload.output(plain)
    print(f"{name}: {len(expected.splitlines())} lines of output to compare")

    plugin = next(tree.glob("lib/ClangTracePoint-*.so"))
    traced = [clang, f"-fplugin={plugin}",
              f"-fplugin-arg-trace-system={program.system}", f"-I{tree}/include"]
    for kind, flags in (("O2", ["-O2"]), ("ThinLTO", ["-O2", "-flto=thin", "-fuse-ld=lld"])):
        executable = build(program, traced, traced_source, folder / kind, flags, [])
        sites = check_list(tree / "bin/tracepoint", executable, program)
        print(f"{kind}: {len(program.points)} points, {sites} sites")
        trace_three_ways(workload, executable, expected, tree, toggler, kind)
    print(f"{name}: passed")


if __name__ == "__main__":
    main(*sys.argv[1:])
