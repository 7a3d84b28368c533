"""Prints FUNCTION: N in loops, N outside: the sites in textual IR.

usage: sites.py FILE.ll

Those that run only while something is on don't count."""

import sys

from ir import functions, in_cycle, while_off

for name, blocks in functions(sys.argv[1]):
    graph = while_off(blocks)
    sites = [label for label in graph if any("callbr" in line for line in blocks[label])]
    inside = sum(in_cycle(graph, label) for label in sites)
    print(f"{name}: {inside} in loops, {len(sites) - inside} outside")
