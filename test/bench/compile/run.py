"""What trace points cost to compile, and in bytes."""

import pathlib
import re
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench import KINDS, Bench, ratio, source, svg  # noqa: E402
from many_events import event_source, write_lttng_provider  # noqa: E402

bench = Bench("compile")

# ---- The plugin itself --------------------------------------------------------
(bench.folder / "empty.c").write_text("int x;\n")
cc = [bench.clang, "-O2", "-c", "-o", "out.o"]
# By themselves: a start right behind a long compilation finds less memory at hand.
times = bench.side_by_side({"without": [*cc, "empty.c"], "with": [*cc, bench.plugin, "empty.c"]},
                           bench.choose(101, 5))
bench.table("Milliseconds of a compiler start", ["", "ms"], [
    ["that loads the plugin, more", f"{(times['with'] - times['without']) * 1e3:.2f}"]])

# ---- An event and its site ----------------------------------------------------
# What FEW events cost is each tracer's headers and the compiler's start.
FEW, MANY = 1, 201


class Compilation:
    """Of a file with a function for each event, and its site in it."""

    def __init__(self, kind, events):
        folder = bench.folder / f"{kind}-{events}"
        folder.mkdir(exist_ok=True)
        (folder / "points.c").write_text(event_source(events, 1))
        if kind == "lttng":
            write_lttng_provider(folder, events)
        files = list(folder.glob("*.c"))
        self.objects = [file.with_suffix(".o") for file in files]
        self.commands = [[*bench.compiler(kind), f"-I{folder}", "-O2", "-c", file, "-o", file.with_suffix(".o")] for file in files]

    def seconds(self):
        return sum(bench.seconds(command) for command in self.commands)

    def bytes(self, wanted):
        """Of the sections with wanted(name, flags)."""
        return sum(size for file in self.objects for name, flags, size in bench.sections(file)
                   if wanted(name, flags))


ALL = {"none": "no site", "none_gcc": "no site, GCC", **KINDS}
compilations = {(kind, events): Compilation(kind, events) for kind in ALL for events in (FEW, MANY)}
times = {each: [] for each in compilations}
for _ in range(bench.choose(15, 2)):
    for each, compilation in compilations.items():
        times[each].append(compilation.seconds())


def an_event(kind, of):
    """of(kind, events) for an event and its site, without the function around it."""
    def one_more(kind):
        return (of(kind, MANY) - of(kind, FEW)) / (MANY - FEW)
    return one_more(kind) - one_more("none_gcc" if kind.endswith("_gcc") else "none")


def size(kind, wanted):
    return f"{an_event(kind, lambda *which: compilations[which].bytes(wanted)):.1f}"


milliseconds = {kind: an_event(kind, lambda *which: statistics.median(times[which]) * 1e3) for kind in KINDS}
bench.table("An event with one site, -O2: milliseconds to compile, bytes in the object file",
            ["", "times trace::point", "ms", "code", "data", "note, not loaded"],
            [[title, ratio(milliseconds[kind], milliseconds["trace"]), f"{milliseconds[kind]:.3f}",
              size(kind, lambda name, flags: "X" in flags),
              size(kind, lambda name, flags: "A" in flags and "X" not in flags),
              size(kind, lambda name, flags: name in (".trace_sites", ".note.stapsdt"))]
             for kind, title in KINDS.items()])
bench.plot("time", svg.bars("An event with one site: time to compile",
                            {"": {KINDS[kind]: milliseconds[kind] for kind in KINDS}}, "ms"))
bench.plot("bytes", svg.bars("An event with one site: bytes that are loaded", {
    "": {title: float(size(kind, lambda name, flags: "A" in flags)) for kind, title in KINDS.items()}}, "bytes"))
bench.table("The data of trace::point's", ["", "bytes"], [
    [title, size("trace", lambda name, flags: name.startswith(begin))]
    for title, begin in (("descriptor: names, types, format", "__trace_events"), ("unwinding", ".eh_frame"),
                         ("table", "__jump_table"), ("key", ".bss"))])

# ---- SQLite with 100 points -------------------------------------------------
sys.path.insert(0, str(source / "test/realworld"))
import fetch  # noqa: E402
import run as realworld  # noqa: E402

program = realworld.load_program("sqlite")
folder = fetch.fetch(program.package, bench.folder)
program.prepare(folder)
sqlite = folder / program.sources / "sqlite3.c"


def every(count, first, text, compiled):
    """The attribute on `count` of the `compiled` functions, evenly spread, from
    the one with number `first` on."""
    heads = [head for head in
             re.finditer(r"^(?:static |SQLITE_PRIVATE )(?!.*;)[\w *]+?(\w+)\([^;{}]*\)\{", text, re.M)
             if head[1] in compiled]
    chosen = heads[first::max(1, len(heads) // count)][:count]
    for head in reversed(chosen):
        text = text[:head.start()] + "__attribute__((trace_point)) " + text[head.start():]
    return text


flags = [*program.flags, "-w", f"-I{sqlite.parent}", "-c"]
bench.run(bench.clang, "-O0", *flags, sqlite, "-o", "sqlite.o")
compiled = set(re.findall(r" [tT] (\w+)", bench.run(bench.llvm / "llvm-nm", "sqlite.o")))


def traced(name, first):
    """The compilation of SQLite with some 100 of its functions traced, and how
    many they are: some are in branches of the preprocessor that aren't taken."""
    file = bench.folder / f"sqlite-{first}.c"
    file.write_text(every(120, first, sqlite.read_text(errors="replace"), compiled))
    command = [bench.clang, bench.plugin, *flags, file, "-o", f"sqlite-{first}.o"]
    bench.run(*command, "-O0")
    symbols = bench.run(bench.llvm / "llvm-nm", f"sqlite-{first}.o")
    count = len(set(re.findall(r"__trace_event_(\w+)", symbols)))
    return f"{count} {name}", [*command, "-O2"]


commands = {"without": [bench.clang, *flags, sqlite, "-o", "sqlite.o", "-O2"],
            **dict([traced("functions traced", 0), traced("others traced", 5)])}
times = bench.sharing_a_processor(commands, bench.choose(9, 1))


def row(name):
    ratios = [time / without for time, without in zip(times[name], times["without"])]
    return [name, f"{statistics.median(ratios):.4f}", f"{statistics.median(times[name]):.2f}"]


bench.table("SQLite at -O2, compiled side by side on one processor", ["", "processor time", "s"],
            [row(name) for name in commands])
bench.finish()
