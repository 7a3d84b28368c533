"""Compares the code of functions that runs while all events are off.

usage: same.py WITHOUT.ll WITH.ll

Each function of WITH must have, in the blocks that control reaches without
taking a site's other side, no other instructions than the same function of
WITHOUT, but for its sites. Prints FUNCTION: SITES."""

import collections
import re
import sys

from ir import functions, while_off


def kind(line):
    """An instruction without its operands."""
    words = re.sub(r"^%\S+ = ", "", line).split()
    while words[0] in ("tail", "notail"):
        words.pop(0)
    callee = re.search(r"@[\w.]+", line) if words[0] == "call" else None
    return callee[0] if callee else words[0]


def count(blocks, graph):
    kinds = collections.Counter(kind(line) for label in graph for line in blocks[label])
    # Blocks are joined or not.
    del kinds["br"]
    kinds.pop("to", None)
    return kinds


without, with_ = (dict(functions(path)) for path in sys.argv[1:])
failed = False
for name, blocks in without.items():
    graph = while_off(with_[name])
    expected = count(blocks, while_off(blocks))
    found = count(with_[name], graph)
    sites = found.pop("callbr", 0)
    print(f"{name}: {sites}")
    if more := found - expected:
        failed = True
        print(f"  more: {dict(more)}, fewer: {dict(expected - found)}")
sys.exit(failed)
