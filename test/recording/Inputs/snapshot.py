"""snapshot.py TRACEPOINT PROGRAM DIR: see snapshot.test."""

import collections
import glob
import shutil
import subprocess
import sys
import time

import recording

tracepoint, program, directory = sys.argv[1:]


def numbers(path):
    threads = collections.defaultdict(list)
    for process in recording.processes(path):
        for _, record in process.records():
            threads[record.fields["thread"]].append(record.fields["number"])
    return threads


def check(path, from_zero):
    threads = numbers(path)
    count = sum(map(len, threads.values()))
    for found in threads.values():
        first = 0 if from_zero else found[0]
        assert found == list(range(first, first + len(found))), "gaps"
    lines, complaints = recording.babeltrace(path)
    assert not complaints, complaints
    assert len(lines) == count, (len(lines), count)
    assert count > 0


def run(mode, microseconds):
    """Whether a snapshot was taken before the program's end."""
    for name in (directory, directory + ".1", directory + ".2", directory + ".3"):
        shutil.rmtree(name, ignore_errors=True)
    flags = ["--flight"] if mode == "flight" else []
    command = [tracepoint, "record", "-q", *flags, "--packet", "8K", "-o", directory]
    child = subprocess.Popen([*command, "-e", "*:count", "--", program, directory + ".counters", microseconds])
    while not recording_began():
        time.sleep(0.001)
    taken = []
    for source in (directory, directory, str(pid())):
        done = subprocess.run([tracepoint, "snapshot", source], capture_output=True, text=True)
        if done.returncode and has_ended():
            break
        assert done.returncode == 0, done.stderr
        taken.append(done.stdout.strip())
    child.wait()
    for path in [*taken, directory]:
        check(path, mode == "stream")
    return bool(taken)


def pid():
    (path,) = glob.glob(f"{directory}/*/process")
    return int(path.rsplit("/", 1)[0].rsplit("-", 1)[1])


def has_ended():
    """Whether the program has killed itself. A process that nobody has waited for
    yet has no mappings."""
    try:
        with open(f"/proc/{pid()}/maps") as maps:
            return not maps.read()
    except (FileNotFoundError, ProcessLookupError):
        return True


def recording_began():
    return bool(glob.glob(f"{directory}/*/ring-3"))


for mode in ("stream", "flight"):
    # Longer on a slow machine, where the program ends before the first snapshot.
    if any(run(mode, span) for span in ("20000", "200000", "2000000")):
        print(f"{mode}: ok")
