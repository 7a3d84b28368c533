"""uprobes on the SDT probes of a program, by tracefs."""

import os
import re
import sys

ROOT = "/sys/kernel/tracing"


def see():
    """Mounted for this process alone where it is not: starts it anew."""
    if os.geteuid() != 0 or os.path.exists(f"{ROOT}/uprobe_events") or "TRACE_BENCH" in os.environ:
        return
    os.environ["TRACE_BENCH"] = "mounted"
    script = f'mount -t tracefs nodev {ROOT}; exec "$@"'
    os.execvp("unshare", ["unshare", "-m", "sh", "-c", script, "-", sys.executable, "-B", *sys.argv])


def is_usable():
    return os.access(f"{ROOT}/uprobe_events", os.W_OK)


def write(name, text):
    """As shell's >> does: truncation would remove everybody's probes, and
    Python's own append seeks, which these files refuse."""
    file = os.open(f"{ROOT}/{name}", os.O_WRONLY | os.O_APPEND)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


def probe_offset(bench, program, name):
    """The place of SDT probe `name` in the file, of readelf's notes."""
    notes = bench.run("readelf", "-nW", program)
    address = int(re.search(rf"Name: {name}\n\s*Location: (0x[0-9a-f]+)", notes)[1], 16)
    segments = re.findall(r"LOAD +(0x[0-9a-f]+) (0x[0-9a-f]+) 0x[0-9a-f]+ (0x[0-9a-f]+)",
                          bench.run("readelf", "-lW", program))
    for offset, start, size in segments:
        if int(start, 16) <= address < int(start, 16) + int(size, 16):
            return address - int(start, 16) + int(offset, 16)
    sys.exit(f"bench: {program}: the probe {name} lies in no segment")


class Uprobe:
    """A uprobe with two fetched arguments, as long as the `with` block."""

    def __init__(self, bench, program, name):
        self.place = f"{program}:{probe_offset(bench, program, name):#x}"
        self.name = name

    def __enter__(self):
        write("uprobe_events", f"p:bench/{self.name} {self.place} a=%di b=%si\n")
        return self

    def __exit__(self, *_):
        self.switch(False)
        write("uprobe_events", f"-:bench/{self.name}\n")

    def switch(self, on):
        write(f"events/bench/{self.name}/enable", "1" if on else "0")
