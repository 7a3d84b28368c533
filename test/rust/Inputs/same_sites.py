"""same_sites.py OBJDUMP FOLDER STABLE PLUGIN CLANG... TARGET: compiles one call
of one event for TARGET in C, in Rust with inline assembly, and, unless PLUGIN is
"-", in Rust with the plugin. Checks that each is the same site: instruction,
entry, relocations, key."""

import pathlib
import shlex
import sys

import elf
import rustc
from sites import check, check_instruction, disassembly, entries, function_at, run
from targets import TARGETS

HERE = pathlib.Path(__file__).resolve().parent
FUNCTION = "calls_event"

def compile_rust(compiler, name, level, folder, output):
    # Unstable features are for minicore alone.
    command = ["env", "RUSTC_BOOTSTRAP=1", *shlex.split(compiler), "--edition", "2021", "-Cpanic=abort",
               f"-Copt-level={level}", "--target", rustc.TARGETS[name], "-L", folder]
    run([*command, HERE / "minicore.rs", "--emit=metadata,link", "--out-dir", folder])
    run([*command, folder / "event.rs", "--emit=obj", "-o", output])


def site(target, file, objdump):
    obj = elf.Object(file)
    text = disassembly(objdump, file)
    found = [places for places in entries(obj, target) if function_at(obj, places[0]) == FUNCTION]
    check(len(found) == 1, f"{file}: {len(found)} sites in {FUNCTION}")
    code, other, key = found[0]
    check_instruction(obj, target, str(file), "nop", found[0], text[obj.sections[code.section].name][code.offset])
    check(function_at(obj, other) == FUNCTION, f"{file}: the other side is at {other}")
    symbols = {s.name for s in obj.symbols if s.section == key.section and s.value == key.offset
               and s.name.startswith("__trace_key_")}
    check(len(symbols) == 1, f"{file}: the key is {key}")
    data = obj.sections[code.section].data[code.offset : code.offset + len(target.nop_bytes)]
    return data, symbols


def main(objdump, folder, stable, plugin, *words):
    *clang, name = words
    target, folder = TARGETS[name], pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    command = [*clang, f"--target={target.triple}", *target.flags, "-ffreestanding", "-Wno-option-ignored"]
    run([*command, "-fsyntax-only", f"-fplugin-arg-trace-emit-rust={folder}/module.rs", HERE / "event.h"])
    (folder / "event.rs").write_text((HERE / "event.rs").read_text())
    for level in ("0", "2"):
        run([*command, f"-O{level}", "-fPIC", "-c", HERE / "event.c", "-o", folder / "c.o"])
        sites = {"C": site(target, folder / "c.o", objdump)}
        for language, compiler in (("Rust", stable), ("Rust with the plugin", plugin)):
            if compiler != "-":
                compile_rust(compiler, name, level, folder, folder / "rust.o")
                sites[language] = site(target, folder / "rust.o", objdump)
        check(all(s == sites["C"] for s in sites.values()), f"{sites}")
        print(f"{name} -O{level}: the same in {', '.join(sites)}")


main(*sys.argv[1:])
