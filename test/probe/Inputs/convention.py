"""convention.py FILE.ll: compares how @probe is declared by clang and called by the
code behind a site of trace_x: types, and how small integers are widened. Where C
leaves that to the called function (AAPCS64), it may be done all the same."""

import re
import sys


def clean(parameter):
    """Its type and what counts in the convention."""
    kind, *attributes = parameter.split()
    if kind == "i64":  # as wide as a register: MIPS's are marked, to no effect
        return kind
    return " ".join([kind, *(a for a in attributes if a in ("signext", "zeroext", "inreg"))])


text = open(sys.argv[1]).read()
declared = re.search(r"declare .*@probe\((.*?)\)(?: local_unnamed_addr)?(?: #\d+)?$", text, re.M)[1]
called = max(re.findall(r"call void %\w+\((.*?)\)(?: #\d+)?$", text, re.M), key=len)
want, have = ([clean(p) for p in side.split(", ")] for side in (declared, called))
if len(want) != len(have) or not all(h == w or h.split()[:1] == w.split() for w, h in zip(want, have)):
    sys.exit(f"declared: {want}\ncalled:   {have}")
