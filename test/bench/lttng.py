"""LTTng-UST's daemon and sessions, for what is measured beside them."""

import contextlib
import shutil
import subprocess
import sys
import time


def is_installed(bench):
    command = [bench.clang, "-fsyntax-only", "-x", "c", "-"]
    return shutil.which("lttng") is not None and subprocess.run(
        command, input="#include <lttng/tracepoint.h>", text=True, capture_output=True).returncode == 0


@contextlib.contextmanager
def daemon():
    process = subprocess.Popen(["lttng-sessiond", "--no-kernel", "--quiet"], stderr=subprocess.DEVNULL)
    # A command that finds none starts its own.
    while subprocess.run(["lttng", "--no-sessiond", "list"], capture_output=True).returncode != 0:
        if process.poll() is not None:
            sys.exit("bench: lttng-sessiond does not start; does another one run?")
        time.sleep(0.05)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def session(bench, directory, event, flight):
    """A session `bench` of `event` in a channel `c`, started. A flight recorder
    keeps 4 times 256 KiB, a stream has 8 times 4 MiB."""
    bench.run("lttng", "-q", "create", "bench", *(["--snapshot"] if flight else []), f"--output={directory}")
    channel = (["--overwrite", "--subbuf-size=256K", "--num-subbuf=4"] if flight
               else ["--discard", "--subbuf-size=4M", "--num-subbuf=8"])
    try:
        bench.run("lttng", "-q", "enable-channel", "--userspace", *channel, "c")
        bench.run("lttng", "-q", "enable-event", "--userspace", "--channel=c", event)
        bench.run("lttng", "-q", "start")
        yield
    finally:
        subprocess.run(["lttng", "-q", "destroy", "--no-wait", "bench"], stdout=subprocess.DEVNULL)
