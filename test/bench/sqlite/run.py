"""What sites cost SQLite's speedtest1 while they are off, beside those of other
tracers: 12 sites and 500, each at the head of a function."""

import pathlib
import re
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(here.parent), str(here.parent.parent / "realworld")]
import fetch  # noqa: E402
import run as realworld  # noqa: E402
from bench import KINDS, Bench, svg  # noqa: E402
from many_events import write_lttng_provider  # noqa: E402

# XRay's sleds are at both ends of a function, not where one wants them.
KINDS = {kind: title for kind, title in KINDS.items() if kind != "xray"}
SITES = (12, 500)
FUNCTION = re.compile(r"^(?:static |SQLITE_PRIVATE )(?!.*;)[\w *]+\((?:const )?\w+ \*(\w+)[,)][^;{}]*\{", re.M)

bench = Bench("sqlite")
program = realworld.load_program("sqlite")
folder = fetch.fetch(program.package, bench.folder)
program.prepare(folder)
sources = folder / program.sources
text = (sources / "sqlite3.c").read_text(errors="surrogateescape")


def with_sites(count):
    """A site at the head of `count` functions, evenly spread, of their first
    parameter and a number."""
    heads = list(FUNCTION.finditer(text))
    chosen = [heads[number * len(heads) // count] for number in range(count)]
    pieces, end = ['#include "sites.h"\nEVENT(e0)\n'], 0
    for number, head in enumerate(chosen):
        pieces += [text[end:head.end()], f" SITE(e0, (unsigned long){head[1]}, {number}UL);"]
        end = head.end()
    return "".join([*pieces, text[end:]])


def build(kind, file, name):
    """Its own compiler, sites.h's flags, and the same objects besides."""
    flags = [*program.flags, "-O2", "-w", f"-I{sources}", "-I."]
    bench.run(*bench.compiler(kind), *flags, "-c", file, "-o", f"{name}.o")
    bench.run(bench.clang, f"{name}.o", *others, *program.libraries, "-llttng-ust", "-o", name)
    return bench.folder / name


write_lttng_provider(bench.folder, 1)
others = [f"{name}.o" for name in ("speedtest1", "record", "provider")]
for file in (sources / "speedtest1.c", here / "record.c", bench.folder / "provider.c"):
    bench.run(bench.clang, *program.flags, "-O2", "-w", f"-I{sources}", "-I.", "-c", file, "-o", f"{file.stem}.o")
plain = {"clang": build("none", sources / "sqlite3.c", "plain-clang"),
         "gcc": build("none_gcc", sources / "sqlite3.c", "plain-gcc")}
programs = {}
for sites in SITES:
    file = bench.folder / f"sqlite-{sites}.c"
    file.write_text(with_sites(sites), errors="surrogateescape")
    for kind in KINDS:
        programs[kind, sites] = build(kind, file, f"{kind}-{sites}")

everything = {**plain, **programs}
counts = {name: bench.instructions([each, "--size", "1", ":memory:"]) for name, each in everything.items()}
times = bench.side_by_side({name: [each, "--size", bench.choose("15", "2"), ":memory:"]
                            for name, each in everything.items()}, bench.choose(11, 1))


def rows(values):
    return [[title, *(f"{values[kind, sites] / values['gcc' if kind == 'sdt_gcc' else 'clang']:.4f}" for sites in SITES)]
            for kind, title in KINDS.items()]


header = ["", *(f"{sites} sites" for sites in SITES)]
bench.table("Instructions executed, as ratios to the same compiler's without sites (callgrind)", header, rows(counts))
bench.table("Time, as ratios to the same compiler's without sites", header, rows(times))
bench.plot("time", svg.bars("SQLite's speedtest1 with sites that are off: time, as a ratio to none", {
    f"{sites} sites": {title: times[kind, sites] / times["gcc" if kind == "sdt_gcc" else "clang"]
                       for kind, title in KINDS.items()} for sites in SITES}, "x"))
bench.finish()
