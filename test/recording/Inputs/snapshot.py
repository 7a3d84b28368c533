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


def run(mode):
    for name in (directory, directory + ".1", directory + ".2", directory + ".3"):
        shutil.rmtree(name, ignore_errors=True)
    flags = ["--flight"] if mode == "flight" else []
    command = [tracepoint, "record", "-q", *flags, "--packet", "8K", "-o", directory]
    child = subprocess.Popen([*command, "-e", "*:count", "--", program, directory + ".counters", "100000"])
    while not recording_began():
        time.sleep(0.001)
    taken = []
    for source in (directory, directory, str(pid())):
        done = subprocess.run([tracepoint, "snapshot", source], capture_output=True, text=True)
        if done.returncode and has_ended():
            break  # a slow machine: the program is at its end already
        assert done.returncode == 0, done.stderr
        taken.append(done.stdout.strip())
    child.wait()
    assert taken
    for path in [*taken, directory]:
        check(path, mode == "stream")
    print(f"{mode}: ok")


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


run("stream")
run("flight")
