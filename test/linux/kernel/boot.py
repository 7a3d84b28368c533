"""boot.py - boots a kernel under QEMU with one of the scripts here, and reads
its result lines from the console."""

import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SECONDS_MAX = 600
# What firmware sends to a terminal besides text.
TERMINAL = re.compile(r"\x1b(\[[?0-9;]*[A-Za-z]|c)|\r")


def run(command, **more):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    if done.returncode != 0:
        sys.exit(f"FAIL {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def busybox(build, machine):
    """The machine's static busybox, by package lists of our own: the host need
    not know the architecture."""
    folder = build / "busybox" / machine.debian
    program = folder / "bin/busybox"
    if program.exists():
        return program
    (folder / "lists/partial").mkdir(parents=True, exist_ok=True)
    apt = ["apt-get", "-qq", "-o", f"APT::Architecture={machine.debian}", "-o", f"APT::Architectures={machine.debian}",
           "-o", f"Dir::State::lists={folder}/lists", "-o", "Dir::State::status=/dev/null",
           "-o", f"Dir::Cache={folder}", "-o", "APT::Sandbox::User=root"]
    run([*apt, "update"])
    run([*apt, "download", "busybox-static"], cwd=folder)
    package = next(folder.glob("*.deb"))
    run(["dpkg-deb", "-x", package, folder / "unpacked"])
    program.parent.mkdir(exist_ok=True)
    shutil.copy(folder / "unpacked/bin/busybox", program)
    return program


def initramfs(build, machine, kernel, script, files):
    """/init, the script as /check, and `files` in /."""
    root = kernel.folder / "initramfs"
    shutil.rmtree(root, ignore_errors=True)
    for name in ("bin", "proc", "sys", "dev"):
        (root / name).mkdir(parents=True)
    shutil.copy(busybox(build, machine), root / "bin/busybox")
    (root / "bin/sh").symlink_to("busybox")
    for name, path in {"init": HERE / "init", "check": HERE / f"{script}.sh", **files}.items():
        shutil.copy(path, root / name)
        (root / name).chmod(0o755)
    archive = root.with_suffix(".cpio.gz")
    names = "\n".join(str(path.relative_to(root)) for path in sorted(root.rglob("*")))
    packed = subprocess.run(["cpio", "--quiet", "-o", "-H", "newc"], cwd=root, input=names.encode(),
                            stdout=subprocess.PIPE, check=True).stdout
    archive.write_bytes(subprocess.run(["gzip", "-1"], input=packed, stdout=subprocess.PIPE, check=True).stdout)
    return archive


def boot(report, build, machine, kernel, script, files):
    """Reports each line `ok NAME` or `FAIL NAME`, and that the script came to
    its end; returns all that the console showed.

    thread=single: with a thread per processor QEMU 7.2 runs stale code where
    the x86 kernel has patched it."""
    command = [*machine.qemu, "-accel", "tcg,thread=single", "-smp", "2", "-m", "512", "-nographic", "-no-reboot",
               "-nodefaults", "-serial", "stdio", "-kernel", kernel.image(),
               "-initrd", initramfs(build, machine, kernel, script, files),
               "-append", f"console={machine.console} panic=-1 loglevel=4 off={machine.off}"]
    try:
        done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=SECONDS_MAX)
        text = done.stdout
    except subprocess.TimeoutExpired as late:
        text = late.stdout or b""
    console = TERMINAL.sub("", text.decode(errors="replace"))
    (kernel.folder / f"{script}.log").write_text(console)
    ended = False
    for line in console.splitlines():
        word, _, name = line.partition(" ")
        if word in ("ok", "FAIL"):
            report(word == "ok", f"{script}: {name}")
        ended |= line == f"end of {script}"
    report(ended, f"{script}: it comes to its end")
    return console
