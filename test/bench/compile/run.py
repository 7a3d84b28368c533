"""What trace points cost to compile, and in bytes."""

import pathlib
import re
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench import Bench, source  # noqa: E402
from many_events import event_source  # noqa: E402

bench = Bench("compile")

# ---- One event more, and the plugin itself ----------------------------------
(bench.folder / "empty.c").write_text("int x;\n")
events = 200
(bench.folder / "plain.c").write_text(event_source(events, 1, tracer="none"))
(bench.folder / "traced.c").write_text(event_source(events, 1))
(bench.folder / "sdt.c").write_text("#include <sys/sdt.h>\n" + "\n".join(
    f"int f{n}(int a, unsigned long b) {{ STAP_PROBE2(bench, e{n}, a, b); return a + 1; }}"
    for n in range(events)) + "\n")
cc = [bench.clang, "-O2", "-c", "-o", "out.o"]
# By themselves: a start right behind a long compilation finds less memory at hand.
starts = {"start": [*cc, "empty.c"], "start with plugin": [*cc, bench.plugin, "empty.c"]}
times = bench.side_by_side(starts, bench.choose(101, 5)) | bench.side_by_side({
    "plain": [*cc, "plain.c"], "traced": [*cc, bench.plugin, "traced.c"], "sdt": [*cc, "sdt.c"],
}, bench.choose(21, 5))
bench.table("Milliseconds of compile time", ["", "ms"], [
    ["a compiler start that loads the plugin, more", f"{(times['start with plugin'] - times['start']) * 1e3:.2f}"],
    ["an event with a site, -O2", f"{(times['traced'] - times['plain']) * 1e3 / events:.3f}"],
    ["an SDT probe", f"{(times['sdt'] - times['plain']) * 1e3 / events:.3f}"]])

# ---- Bytes ------------------------------------------------------------------


def bytes_of(*command):
    bench.run(bench.clang, "-O2", *command, "-c", "-o", "out.o")
    sizes = bench.section_bytes(bench.folder / "out.o")

    def total(wanted):
        return sum(size for name, size in sizes.items() if wanted(name))
    return {"code": total(lambda name: name.startswith(".text")),
            "table": sizes.get("__jump_table", 0), "descriptor": sizes.get("__trace_events", 0),
            "key": total(lambda name: name.startswith((".bss", ".data"))),
            "note, not loaded": total(lambda name: name in (".trace_sites", ".note.stapsdt"))}


plain = bytes_of("plain.c")
rows = []
for name, command in (("trace::point", [bench.plugin, "traced.c"]), ("SDT, Clang", ["sdt.c"])):
    sizes = bytes_of(*command)
    rows.append([name, *(f"{(sizes[part] - plain[part]) / events:.1f}" for part in sizes)])
bench.table("Bytes an event with one site, in the object file", ["", *plain], rows)

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
