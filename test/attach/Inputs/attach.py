"""What is done to a running program from outside: attach.py TRACEPOINT WHAT PROGRAM
[ARGUMENT...]. Prints what a test checks."""

import atexit
import os
import random
import re
import shutil
import signal
import subprocess
import time

from live import (
    Target,
    agreed,
    arguments,
    begin,
    begin_with_all,
    good,
    numbers,
    path,
    program,
    run,
    scratch,
    states,
    stop,
    tool,
    wait_for,
    what,
)


def switch():
    target = Target("1000000")
    print(good("list", "-p", target.pid).replace(os.path.dirname(__file__) + "/", ""), end="")
    good("enable", "-p", target.pid, "-e", ":tick")
    print("on:", states(target.pid))
    wait_for(lambda: target.errors().count(" tick: n=") > 10)
    good("disable", "-p", target.pid, "-e", ":tick")
    print("off:", states(target.pid))
    time.sleep(0.1)
    size = len(target.errors())
    time.sleep(0.2)
    print("silent:", len(target.errors()) == size)
    print("unknown:", run("enable", "-p", target.pid, "-e", "nothing:*")[2].replace(target.pid, "PID"))
    print(target.end())


def record():
    target = Target("200000")
    for name, words in (("first", []), ("second", []), ("flight", ["--flight"])):
        recorder = begin_with_all(target.pid, "-e", "*", "-o", path(name), *words)
        time.sleep(0.5)
        if name == "first":
            status, _, error = run("record", "-p", target.pid, "-e", "*", "-o", path("other"))
            print("other:", status, re.sub(r"\d{2,}", "N", error), os.path.exists(path("other")))
        if name == "flight":
            good("snapshot", "-p", target.pid, "-o", path("copy"))
            print("copy:", len(numbers(path("copy"))), "threads,", agreed(path("copy")) > 0)
        status, error = stop(recorder)
        print(f"{name}:", status, re.sub(r"\d{2,}", "N", error))
        count = agreed(path(name))
        print("same:", str(count) in error, len(numbers(path(name))), "threads")
        print("off:", states(target.pid))
    print(target.end())


def conditions():
    """Of what is switched on, only what passes."""
    target = Target("100000")
    for condition in ("n % 2", "x == 2"):
        print(run("enable", "-p", target.pid, "-e", f":tick if {condition}")[2].replace(target.pid, "PID"))
    print(run("disable", "-p", target.pid, "-e", ":tick if n & 1")[2])
    print(states(target.pid))
    good("enable", "-p", target.pid, "-e", ":tick if n & 1")
    wait_for(lambda: target.errors().count(" tick: n=") > 100)
    recorder = begin(target.pid, "-e", ":tick if n & 4 && !(n & 3)", "-o", path("some"))
    wait_for(lambda: good("view", path("some")).count(" tick: n=") > 20)
    good("enable", "-p", target.pid, "-e", ':tick if comm ~ "nobody"', "-e", ":slow")
    time.sleep(0.5)
    print("record:", re.sub(r"\d{2,}", "N", stop(recorder)[1]))
    values = [int(n) for n in re.findall(r" tick: n=(\d+)", good("view", path("some")))]
    print("passed:", len(values) > 20, {n & 7 for n in values})
    before = len(target.errors())
    print("as before:", states(target.pid))
    wait_for(lambda: len(target.errors()) > before + 1000)
    for _ in range(100):  # more than there are places
        good("enable", "-p", target.pid, "-e", ":tick if n & 1")
    good("disable", "-p", target.pid, "-e", "*")
    text = [int(n) for n in re.findall(r" tick: n=(\d+)\n", target.errors())]
    print("text:", {n & 1 for n in text})
    print(target.end())


def snapshots():
    """A flight recorder of a running process, written out by an event of it."""
    target = Target("100000")
    flight = ("--flight", "--ring", "16K", "-e", ":tick", "-o")
    for pattern in (":slow if x == 2", "nothing:*", "x if"):
        status, _, error = run("record", "-p", target.pid, *flight, path("none"), "--snapshot", pattern)
        print(status, error.replace(target.pid, "PID"))
    counts = {}
    for name, words in (("without", ()), ("with", ("--snapshot", ":slow if thread == 2"))):
        recorder = begin(target.pid, *flight, path(name), *words)
        print(name + ":", states(target.pid))
        time.sleep(1.5)
        stop(recorder)
        counts[name] = agreed(path(name))
        print("after:", states(target.pid))
    print("more:", counts["with"] > 2 * counts["without"])
    good("enable", "-p", target.pid, "-e", ":slow if thread == 1")
    recorder = begin(target.pid, *flight, path("killed"), "--snapshot", ":slow")
    print("both:", states(target.pid))
    stop(recorder, signal.SIGKILL)
    good("disable", "-p", target.pid, "-e", ":tick")
    print("healed:", states(target.pid))
    print(target.end())


def children():
    """A program that forks its workers while it is recorded."""
    target = Target()

    def fork():
        target.process.send_signal(signal.SIGUSR1)
        pid = target.process.stdout.readline().strip()
        atexit.register(subprocess.run, ["kill", "-9", pid], stderr=subprocess.DEVNULL)
        return pid

    def directories(name):
        return len([e for e in os.scandir(path(name)) if os.path.exists(e.path + "/process")])

    def whole(name):
        agree = agreed(path(name)) > 0
        seen = numbers(path(name))
        print("workers:", sorted(seen), "from", [each[0] for each in seen.values()], "events agreed:", agree)

    recorder = begin(target.pid, "-e", "*", "-o", path("both"))
    workers = [fork(), fork()]
    wait_for(lambda: directories("both") == 3)
    time.sleep(1)
    print("directories:", directories("both"))
    status, _, error = run("record", "-p", workers[0], "-e", "*", "-o", path("other"))
    print("traced:", status, re.sub(r"process \d+ has", "process N has", error.replace(workers[0], "CHILD")))
    print("recording:", states(workers[1]))
    print("both:", stop(recorder)[0])
    count = agreed(path("both"))
    whole("both")
    print("off:", [states(pid) for pid in (target.pid, *workers)])
    time.sleep(0.3)
    print("silent:", agreed(path("both")) == count)

    recorder = begin(target.pid, "-e", "*", "-o", path("alone"), "--no-children")
    worker = fork()
    time.sleep(0.5)
    print("alone:", stop(recorder)[0], "directories:", directories("alone"))
    good("disable", "-p", worker, "-e", "*")
    print("healed:", states(worker))

    recorder = begin(target.pid, "-e", "*", "-o", path("orphans"))
    worker = fork()
    wait_for(lambda: directories("orphans") == 2)
    time.sleep(0.5)
    target.process.kill()
    target.process.wait()
    print("orphans:", directories("orphans"))
    time.sleep(1)
    print("goes on:", recorder.poll() is None)
    for pid in (*workers, worker):
        os.kill(int(pid), signal.SIGTERM)
    print("ends by itself:", recorder.wait(60))
    whole("orphans")


def full_speed():
    """Switched while four threads run through the sites without a pause."""
    target = Target("0")
    rounds = int(os.environ.get("TRACE_ROUNDS", "40"))
    for n in range(rounds):
        good("enable", "-p", target.pid, "-e", "nothing*,:slow")
        good("disable", "-p", target.pid, "-e", "*")
    recorder = begin_with_all(target.pid, "-e", "*", "-o", path("full"), "--flight")
    status, error = stop(recorder)
    print("recorded:", status, len(numbers(path("full"))), "threads")
    print(target.end())


def killed():
    """The tool is killed at random moments; then the next one heals."""
    target = Target("10000")
    random.seed(1)
    rounds = int(os.environ.get("TRACE_ROUNDS", "30"))
    for n in range(rounds):
        words = random.choice((["enable"], ["disable"], ["record", "-o", path(f"killed-{n}")]))
        victim = subprocess.Popen(
            [tool, words[0], "-p", target.pid, "-e", "*", *words[1:]], stderr=subprocess.DEVNULL
        )
        time.sleep(random.random() * 0.15)
        victim.kill()
        victim.wait()
        on = n % 2 == 0
        good("enable" if on else "disable", "-p", target.pid, "-e", "*")
        assert states(target.pid) == dict.fromkeys(
            ("tick", "slow"), (True, ["text"]) if on else (False, [])
        ), states(target.pid)
    good("disable", "-p", target.pid, "-e", "*")
    recorder = begin_with_all(target.pid, "-e", "*", "-o", path("last"))
    print("last:", stop(recorder)[0], len(numbers(path("last"))), "threads,", agreed(path("last")) > 0)
    for n in range(rounds):
        if os.path.exists(path(f"killed-{n}/session")):
            run("view", path(f"killed-{n}"))
    print(target.end())


def abandoned():
    """`record -p` is killed; the next command ends what it began."""
    target = Target("200000")
    recorder = begin_with_all(target.pid, "-e", "*", "-o", path("left"))
    stop(recorder, signal.SIGKILL)
    print("left:", len(numbers(path("left"))), "threads while it goes on")
    print(states(target.pid))
    good("disable", "-p", target.pid, "-e", "nothing,:slow")
    print(states(target.pid))
    print("complete:", agreed(path("left")) > 0)
    print(target.end())


def ends():
    """The process ends, or is killed, while it is recorded."""
    target = Target("200000")
    recorder = begin_with_all(target.pid, "-e", "*", "-o", path("ends"))
    print(target.end())
    error = recorder.communicate(timeout=300)[1]
    print("ends:", recorder.returncode, len(numbers(path("ends"))), "threads,", agreed(path("ends")) > 0)
    target = Target("200000")
    recorder = begin_with_all(target.pid, "-e", "*", "-o", path("dies"))
    time.sleep(0.3)
    target.process.kill()
    target.process.communicate()
    error = recorder.communicate(timeout=300)[1]
    print("dies:", recorder.returncode, len(numbers(path("dies"))), "threads,", agreed(path("dies")) > 0)


def other_user():
    """Root records the process of a user, who owns what is recorded."""
    user = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    home = path("home")
    os.mkdir(home, 0o700)
    os.chown(home, 65534, 65534)
    target = Target("200000", before=user)
    status, _, error = run("record", "-p", target.pid, "-e", "*", "-o", path("not"))
    print("not his:", status, error.replace(target.pid, "PID"))
    recorder = begin_with_all(target.pid, "-e", "*", "-o", home + "/his")
    print("his:", stop(recorder)[0], len(numbers(home + "/his")), "threads,", agreed(home + "/his") > 0)
    recorder = begin_with_all(target.pid, "-e", "*", "-o", home + "/left")
    stop(recorder, signal.SIGKILL)
    target.process.kill()
    target.process.communicate()
    print("left:", len(numbers(home + "/left")), "threads")
    print("not ours:", run("recover", home + "/left")[2].replace(target.pid, "PID"))
    owners = set()
    for folder, _, files in os.walk(home):
        for name in [folder, *(os.path.join(folder, f) for f in files)]:
            info = os.lstat(name)
            owners.add((info.st_uid, oct(info.st_mode & 0o77)))
    print("owned by:", owners)


def refused():
    """Who may not, or can't, is told why."""
    user = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    target = Target("1000000")

    def show(name, pid, before=(), command=("list",)):
        status, _, error = run(*command, "-p", pid, before=before)
        print(f"{name}:", status, error.replace(pid, "PID"))

    show("another user's", target.pid, user)
    target.end()
    target = Target("undumpable", before=user)
    show("not dumpable", target.pid, user)
    target.end()
    bare = subprocess.Popen(["sleep", "100"])
    time.sleep(0.2)
    show("bare", str(bare.pid))
    bare.kill()
    bare.wait()
    show("gone", str(bare.pid))
    for name, other in zip(("other ABI", "no library"), arguments):
        try:
            process = subprocess.Popen([other], stdout=subprocess.PIPE, text=True)
        except OSError:
            print(f"{name}: not executable on this machine")
            continue
        process.stdout.readline()
        show(name, str(process.pid), command=("enable", "-e", "*"))
        process.kill()
        process.communicate()
    process = subprocess.Popen(
        [program, "1000000"],
        stdout=subprocess.PIPE,
        text=True,
        env={"TRACE_ENABLE": "*", "TRACE_OUTPUT": path("own") + "/"},
    )
    process.stdout.readline()
    status, _, error = run("record", "-p", str(process.pid), "-e", "*", "-o", path("more"))
    print("records by itself:", status, re.sub(r"\d{2,}", "N", error))
    good("disable", "-p", str(process.pid), "-e", ":tick")
    print(states(str(process.pid)))
    good("enable", "-p", str(process.pid), "-e", ":tick")
    print(states(str(process.pid)))
    process.send_signal(signal.SIGTERM)
    process.communicate()
    agreed(path("own"))


def container():
    """In another mount and pid namespace."""
    words = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c",
             f'mount -t tmpfs none "{scratch}" && exec "$@"', "-"]
    copy = program + ".copy"
    shutil.copy(program, copy)
    process = subprocess.Popen([*words, program, "200000"], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    children = open(f"/proc/{process.pid}/task/{process.pid}/children").read().split()
    pid = children[0]
    status, _, error = run("record", "-p", pid, "-e", "*", "-o", "relative")
    print("relative:", status, error.replace(pid, "PID"))
    recorder = begin(pid, "-e", "*", "-o", path("inside"))
    time.sleep(0.5)
    good("snapshot", "-p", pid, "-o", program + ".snapshot")
    print(stop(recorder)[0], "outside:", os.path.exists(path("inside")))
    recording = f"/proc/{pid}/root{path('inside')}"
    print("inside:", len(numbers(recording)), "threads,", agreed(recording) > 0)
    print("snapshot:", len(numbers(program + ".snapshot")), "threads")
    os.kill(int(pid), signal.SIGTERM)
    print(process.communicate(timeout=60)[0].strip())
    shutil.rmtree(program + ".snapshot")


globals()[what]()
