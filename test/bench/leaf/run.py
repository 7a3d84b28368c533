"""How much longer a site makes random leaf functions, in instructions."""

import pathlib
import random
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench import Bench  # noqa: E402

OPERATORS = ["+", "-", "*", "^", "&", "|", "+", "+", "^"]
SITES = {
    "none": "#define SITE(a, b)",
    "trace::point": "__attribute__((trace_point)) void trace_site(u a, u b);\n#define SITE trace_site",
    "flag, C call": "extern int flag; void record(u a, u b);\n"
                    "#define SITE(a, b) if (__builtin_expect(__atomic_load_n(&flag, 0), 0)) record(a, b)",
}


def expression(random, values):
    a, b = random.choice(values), random.choice(values)
    kind = random.random()
    if kind < 0.2:
        return f"{a} >> {random.randint(1, 9)}"
    if kind < 0.3:
        return f"{a} << {random.randint(1, 9)}"
    if kind < 0.4:
        return f"{a} + {random.randint(1, 99)}"
    return f"{a} {random.choice(OPERATORS)} {b}"


def leaf(random, name):
    arguments = list("abcdef"[:random.randint(2, 5)])
    values, body = list(arguments), ""

    def compute(count, among):
        nonlocal body
        for _ in range(count):
            body += f"  u t{len(values)} = {expression(random, among())};\n"
            values.append(f"t{len(values)}")

    compute(random.randint(1, 5), lambda: values)
    known = list(values)
    body += f"  SITE({random.choice(values[-3:])}, {random.choice(values)});\n"
    compute(random.randint(1, 5), lambda: values[-5:] + known)
    result = " ^ ".join(random.sample(values[-4:], min(3, len(values[-4:]))))
    parameters = ", ".join(f"u {each}" for each in arguments)
    return f"u {name}({parameters}) {{\n{body}  return {result};\n}}\n"


def fast_paths(bench, file):
    """Instructions up to the first return, by function."""
    text = bench.run(bench.llvm / "llvm-objdump", "-d", "--no-show-raw-insn", "--no-leading-addr", file)
    lengths = {}
    for function in re.split(r"\n(?=<)", text):
        if name := re.match(r"<(leaf\d+)>:\n", function):
            lines = function[name.end():].splitlines()
            end = next(i for i, line in enumerate(lines) if re.search(r"\bretq?\b", line))
            # the byte that keeps a site's first two together
            padding = sum(line.strip() == "nop" and "nopl" in after
                          for line, after in zip(lines[:end], lines[1:]))
            lengths[name[1]] = end + 1 - padding
    return lengths


bench = Bench("leaf")
generator = random.Random(1)
count = bench.choose(2000, 200)
functions = "".join(leaf(generator, f"leaf{n}") for n in range(count))
rows = []
for target in ("x86_64-linux-gnu", "aarch64-linux-gnu"):
    lengths = {}
    for name, site in SITES.items():
        (bench.folder / "leaf.c").write_text(f"typedef unsigned long u;\n{site}\n{functions}")
        plugin = [bench.plugin] if name == "trace::point" else []
        bench.run(bench.clang, f"--target={target}", "-O2", *plugin, "-c", "leaf.c", "-o", "leaf.o")
        lengths[name] = fast_paths(bench, "leaf.o")
    for name in list(SITES)[1:]:
        more = [lengths[name][each] - lengths["none"][each] for each in lengths["none"]]
        exact = sum(each <= 1 for each in more) / len(more)
        rows.append([f"{target}, {name}", f"{sum(more) / len(more):.2f}", f"{exact:.0%}", max(more)])
bench.table(f"Instructions that a site adds to the fast path of {count} random leaf functions",
            ["", "mean", "at most one", "most"], rows)
bench.finish()
