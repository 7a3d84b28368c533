"""damage.py TRACEPOINT FILE WORK: lists damaged copies of FILE, the same ones in
every run."""

import random
import subprocess
import sys

tracepoint, path, work = sys.argv[1:]
with open(path, "rb") as file:
    whole = file.read()
choice = random.Random(whole)


def check(content, what):
    with open(work, "wb") as file:
        file.write(content)
    done = subprocess.run([tracepoint, "list", "--json", work], capture_output=True, text=True)
    if done.returncode == 0 or done.returncode == 1 and done.stderr.startswith(f"tracepoint: {work}: "):
        return
    sys.exit(f"{what}: exit status {done.returncode}\n{done.stderr}")


for length in range(0, len(whole), 61):
    check(whole[:length], f"first {length} bytes")
for number in range(150):
    damaged = bytearray(whole)
    for _ in range(choice.randrange(1, 5)):
        damaged[choice.randrange(len(whole))] = choice.choice([0, 1, 0x7F, 0xFF])
    check(bytes(damaged), f"damage number {number}")
