"""Compares the hot paths of one function in two disassemblies.

usage: hot-path.py FUNCTION NOPS MOVES_MAX WITHOUT WITH

WITH may have NOPS more 5-byte nops and at most MOVES_MAX more moves between
registers than WITHOUT, and nothing else more, up to the first return.
"""

import collections
import re
import sys

NOP = "nopl\t(%rax,%rax)"
MOVE = re.compile(r"movq?\t%\w+, %\w+$|movl\t%\w+, %\w+$")


def hot_path(path, function):
    with open(path) as file:
        body = re.search(rf"<{function}>:\n(.*?\bretq?\b)", file.read(), re.S)
    if not body:
        sys.exit(f"{path}: no function {function}")
    return [line.split("#")[0].strip() for line in body[1].splitlines()]


def kind(line):
    """What an instruction is, whatever registers it uses."""
    line = line.replace("nopl\t0x0(%rax,%rax)", NOP)
    if line.startswith("nopl"):
        return "nop"
    return "move" if MOVE.match(line) else re.split(r"\s", line)[0]


function, nops, moves_max, without, with_ = sys.argv[1:]
before = collections.Counter(map(kind, hot_path(without, function)))
after = collections.Counter(map(kind, hot_path(with_, function)))
extra = after - before
print(f"{function}: {dict(extra)}")
# Equal ways to add: which one is chosen depends on the registers.
for one in ("leaq", "addq", "incq"):
    extra.pop(one, None)
if extra.pop("nop", 0) != int(nops):
    sys.exit(f"{function}: not {nops} nop(s) more")
if extra.pop("move", 0) > int(moves_max):
    sys.exit(f"{function}: more than {moves_max} moves more")
if extra:
    sys.exit(f"{function}: {dict(extra)} more on the hot path")
if sum(after.values()) - sum(before.values()) > int(nops) + int(moves_max):
    sys.exit(f"{function}: too many instructions more")
