"""Compares the hot paths of one function in two disassemblies.

usage: hot-path.py FUNCTION SITES WITHOUT WITH [MOVES]

Up to its first return, FUNCTION of WITH must have as many instructions as that
of WITHOUT and SITES nops more, and no more of them may touch the stack; but
MOVES of registers may be added. The byte that keeps the first two of an x86
site together does not count.
"""

import re
import sys

NOP = re.compile(r"nopl\t(0x0)?\(%rax,%rax\)|nop$")
RETURN = re.compile(r"retq?\b")
MOVE = re.compile(r"movq?\t%?\w+, %?\w+$")
STACK = re.compile(r"push|pop|%rsp|\bsp\b")


def hot_path(path, function):
    with open(path) as file:
        body = re.search(rf"<{function}>:\n(.*?)(\n\n|\Z)", file.read(), re.S)
    if not body:
        sys.exit(f"{path}: no function {function}")
    lines = [line.split(" # ")[0].split("//")[0].strip() for line in body[1].splitlines()]
    lines = [line for line in lines if line and "R_" not in line]
    end = next((i for i, line in enumerate(lines) if RETURN.match(line)), None)
    if end is None:
        sys.exit(f"{path}: {function} has no return")
    path = lines[: end + 1]
    padding = [i for i, line in enumerate(path[1:]) if line.startswith("nopl") and path[i] == "nop"]
    return [line for i, line in enumerate(path) if i not in padding]


def count(pattern, lines):
    return sum(bool(pattern.search(line)) for line in lines)


function, sites, without, with_, *most = sys.argv[1:]
before, after = hot_path(without, function), hot_path(with_, function)
nops = count(NOP, after) - count(NOP, before)
moves = min(count(MOVE, after) - count(MOVE, before), int(most[0]) if most else 0)
more = len(after) - len(before) - nops - moves
stack = count(STACK, after) - count(STACK, before)
print(f"{function}: {len(before)} instructions, {nops} nops, {moves} moves and {more} others more")
if nops != int(sites) or more > 0 or stack > 0:
    sys.exit("\n".join(["without:"] + before + ["with:"] + after))
