"""killed.py TRACEPOINT PROGRAM DIR RUNS MODE: kills the program at random moments
and compares what is left with what it says that it recorded."""

import collections
import os
import random
import re
import shutil
import struct
import subprocess
import sys

import recording

tracepoint, program, directory, runs, mode = sys.argv[1:]
runs = int(os.environ.get("TRACE_KILLS", runs))
LINE = re.compile(
    r"\[(\d+)\].* \{ cpu = \d+ \}, \{ thread = (\d+), number = (\d+), "
    r"_text_length = \d+, _text_state = [^,]*, text = \"(.*)\" \}$"
)


def run(microseconds):
    """A recording of a process that was killed; how much each thread recorded."""
    shutil.rmtree(directory, ignore_errors=True)
    counters = directory + ".counters"
    options = ["--packet", random.choice(["4K", "8K", "64K"])]
    if mode == "flight":
        options.append("--flight")
    # Makes the session, so that nobody recovers what the program leaves.
    subprocess.run(
        [tracepoint, "record", "-q", *options, "-o", directory, "-e", "x", "true"],
        stderr=subprocess.DEVNULL,
        check=True,
    )
    environment = dict(os.environ, TRACE_ENABLE="*:count", TRACE_OUTPUT=directory)
    done = subprocess.run([program, counters, str(microseconds)], env=environment)
    assert done.returncode == -9, done.returncode
    with open(counters, "rb") as file:
        return struct.unpack("=4Q", file.read(32))


def by_thread(records):
    threads = collections.defaultdict(list)
    for fields in records:
        threads[int(fields["thread"])].append(int(fields["number"]))
    return threads


def check_numbers(threads, recorded, is_complete):
    """Gapless; from 0 in a stream; to the last committed if it is complete."""
    for thread, numbers in threads.items():
        first = 0 if mode == "stream" else numbers[0]
        assert numbers == list(range(first, first + len(numbers))), f"thread {thread}: gaps"
    if not is_complete:
        return
    for thread, count in enumerate(recorded):
        last = threads[thread][-1] + 1 if threads[thread] else 0
        assert last in (count, count + 1), f"thread {thread}: {last} of {count}"


def by_babeltrace():
    lines, complaints = recording.babeltrace(directory)
    assert not complaints, complaints
    return [LINE.match(line).groups() for line in lines]


def check(microseconds):
    recorded = run(microseconds)
    paths = [p for p in recording.processes(directory)]
    if not paths:
        return 0
    # As it was left: valid for everybody, without gaps.
    events = by_babeltrace()
    check_numbers(by_thread({"thread": t, "number": n} for _, t, n, _ in events), recorded, False)
    before = sorted(
        (r.time, r.fields["thread"], r.fields["number"], r.fields["text"])
        for p in paths
        for _, r in p.records()
    )
    check_numbers(by_thread(r.fields for p in paths for _, r in p.records()), recorded, True)

    # A kill may leave a ring that was only just made.
    unmade = f"{paths[0].path}/ring-99"
    open(unmade, "x").close()
    subprocess.run([tracepoint, "recover", directory], check=True)
    os.unlink(unmade)
    after = sorted((int(c), int(t), int(n), s) for c, t, n, s in by_babeltrace())
    for ours, theirs in zip(before, after):
        assert ours == theirs, f"{ours} is {theirs} for babeltrace2"
    assert len(after) == len(before)
    # Now the streams have everything, and nothing is twice.
    streams = [
        r.fields for p in recording.processes(directory) for n in p.rings()
        for packet in p.stream(n) for r in packet.records
    ]
    assert len(streams) == len(before)
    for name in os.listdir(paths[0].path + "/ctf"):
        assert not name.startswith("."), name
        assert os.path.getsize(f"{paths[0].path}/ctf/{name}") < 1 << 30, name
    subprocess.run([tracepoint, "recover", directory], check=True)
    return len(before)


random.seed()
total = 0
for number in range(runs):
    microseconds = int(10 ** random.uniform(1, 3.7))
    try:
        total += check(microseconds)
    except AssertionError as error:
        print(f"run {number}, killed after {microseconds} us: {error}; {directory} is kept")
        raise
shutil.rmtree(directory, ignore_errors=True)
print(f"{runs} runs, {total} events")
