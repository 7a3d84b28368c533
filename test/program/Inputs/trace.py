"""trace.py TRACEPOINT PROGRAM [ARGUMENT...]

Runs PROGRAM with all trace points off, then on, and prints what it wrote to
standard output, the records in their order, and each event's number of sites:

    <the program's output>
    on: NAME: MESSAGE
    sites: SYSTEM:NAME COUNT

Fails if the points change what the program does, if a record is not one, or if
the sites that `tracepoint list` finds are not as many as the file's jump
entries."""

import collections
import json
import os
import re
import subprocess
import sys

RECORD = re.compile(r".*\[\d+\] \S+ +\d+\.\d{6}: (.*)")
ENTRY_BYTES = 16  # of a trace_jump_entry on a 64-bit target


def run(*command, **environment):
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **environment}
    )
    if done.returncode < 0:
        sys.exit(f"{command}: signal {-done.returncode}\n{done.stdout}{done.stderr}")
    return done


def events_of(image):
    listed = run(tracepoint, "list", "--json", image)
    if listed.returncode or listed.stderr:
        sys.exit(f"tracepoint list: {listed.stderr}")
    return json.loads(listed.stdout)


def jump_entries(image):
    """How many the file holds; None if it has no section headers."""
    headers = run("readelf", "-SW", image).stdout
    if "There are no sections" in headers:
        return None
    tables = re.findall(r"\] __jump_table +\S+ +\S+ +\S+ +([0-9a-f]+)", headers)
    return sum(int(table_bytes, 16) for table_bytes in tables) // ENTRY_BYTES


tracepoint, program, *arguments = sys.argv[1:]

off = run(program, *arguments)
if off.stderr:
    sys.exit(f"off: the program wrote to standard error:\n{off.stderr}")
print(off.stdout, end="")

on = run(tracepoint, "run", "-e", "*", "--", program, *arguments)
records = [RECORD.fullmatch(line) for line in on.stderr.splitlines()]
if not all(records):
    sys.exit(f"on: not a record:\n{on.stderr}")
if (on.stdout, on.returncode) != (off.stdout, off.returncode):
    sys.exit(f"on: status {on.returncode}, not {off.returncode}, or another output:\n{on.stdout}")
for record in records:
    print("on:", record[1])

events = events_of(program)
counts = collections.Counter()
for event in events:
    counts[f"{event['system']}:{event['name']}"] += len(event["sites"])
for name, count in sorted(counts.items()):
    print("sites:", name, count)
sites = [site["address"] for event in events for site in event["sites"]]
if len(set(sites)) != len(sites):
    sys.exit("two jump entries have one address")
entries = jump_entries(program)
if entries not in (None, len(sites)):
    sys.exit(f"{entries} jump entries, but {len(sites)} sites listed")
sys.exit(off.returncode)
