"""A program that was started plainly, and commands on it: TRACEPOINT WHAT PROGRAM
[ARGUMENT...] are the process's arguments."""

import atexit
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

tool, what, program, *arguments = sys.argv[1:]
scratch = program + ".dir"
shutil.rmtree(scratch, ignore_errors=True)
os.mkdir(scratch)
os.chmod(scratch, 0o755)


def path(name):
    return os.path.join(scratch, name)


class Target:
    def __init__(self, *words, before=()):
        self.error = open(path("error.txt"), "w+")
        self.process = subprocess.Popen(
            [*before, program, *words], stdout=subprocess.PIPE, stderr=self.error, text=True
        )
        atexit.register(self.process.kill)  # also after a check that fails
        assert self.process.stdout.readline() == "ready\n"
        self.pid = str(self.process.pid)
        if program.endswith(".gone"):
            os.unlink(program)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        rest = self.process.communicate(timeout=120)[0].strip()
        assert self.process.returncode == 0, self.process.returncode
        return rest

    def errors(self):
        return open(path("error.txt")).read()


def run(*words, before=()):
    done = subprocess.run([*before, tool, *words], capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout, done.stderr.strip().replace(scratch, "SCRATCH")


def good(*words):
    status, out, error = run(*words)
    assert status == 0, (words, status, error)
    return out


def states(pid):
    events = json.loads(good("list", "-p", pid, "--json"))
    return {e["name"]: (e["enabled"], e["wanted"]) for e in reversed(events)}


def begin(pid, *words, before=()):
    """`record -p`, when it has begun."""
    recorder = subprocess.Popen(
        [*before, tool, "record", "-p", pid, *words], stderr=subprocess.PIPE, text=True
    )
    deadline = time.time() + 60
    while time.time() < deadline and recorder.poll() is None:
        if any(wanted == ["record"] for _, wanted in states(pid).values()):
            return recorder
        time.sleep(0.02)
    sys.exit(f"does not begin: {recorder.stderr.read()}")


def begin_with_all(pid, *words):
    """`record -p`, when each of the four threads has a ring: it is at its first
    event, so that is recorded."""
    recorder = begin(pid, *words)
    folder = words[words.index("-o") + 1]
    wait_for(lambda: len(glob.glob(folder + "/*/ring-*")) == 4)
    return recorder


def stop(recorder, number=signal.SIGINT):
    recorder.send_signal(number)
    error = recorder.communicate(timeout=300)[1]
    return recorder.returncode, error.strip().replace(scratch, "SCRATCH")


def numbers(recording):
    """Of each thread the numbers of its ticks, in order, without a gap."""
    seen = {}
    for line in good("view", recording).splitlines():
        found = re.search(r" tick: n=(\d+)", line)
        if found:
            n = int(found.group(1))
            seen.setdefault(n >> 48, []).append(n & (1 << 48) - 1)
    for thread, values in seen.items():
        assert values == list(range(values[0], values[0] + len(values))), f"gap in {thread}"
    return seen


def agreed(recording):
    """babeltrace2 sees as many events as our reader; that many."""
    ours = good("view", recording).count("\n")
    theirs = subprocess.run(["babeltrace2", recording], capture_output=True, text=True, check=True)
    assert theirs.stdout.count("\n") == ours, (ours, theirs.stdout.count("\n"))
    return ours


def wait_for(condition):
    deadline = time.time() + 60
    while not condition():
        assert time.time() < deadline, "too long"
        time.sleep(0.02)
