"""run.py BUILD LLVM: what an event that is off costs a Rust leaf function, in
instructions that are executed. Each row is the function's one call, stepped
through by the processor (step.c)."""

import glob
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CRATES = "/usr/share/cargo/registry"  # of Debian's librust-*-dev
build, llvm = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
clang = f"clang-{llvm} -O2 -fplugin={build}/lib/ClangTracePoint-{llvm}.so"


def run(command, **environment):
    done = subprocess.run(shlex.split(command) if isinstance(command, str) else command,
                          capture_output=True, text=True, env={**os.environ, **environment})
    if done.returncode:
        sys.exit(f"{command}\n{done.stderr}")
    return done.stdout


def find_rustc():
    """Debian's rustc-web, or another of 1.87 or newer."""
    for folder in ["/usr/bin", *os.environ["PATH"].split(os.pathsep)]:
        path = os.path.join(folder, "rustc")
        if os.access(path, os.X_OK):
            text = run([path, "-vV"])
            if int(re.search(r"release: 1\.(\d+)", text)[1]) >= 87:
                return path, re.search(r"LLVM version: (\d+)", text)[1]
    sys.exit("bench: no rustc of 1.87 or newer")


rustc, rustc_llvm = find_rustc()


def crate(name, folder, *flags):
    source = next(iter(glob.glob(f"{CRATES}/{name}-[0-9]*/src/lib.rs")), None)
    if source:
        run([rustc, "-O", "--cap-lints=allow", "--edition=2018", "--crate-type=rlib", "-Cpanic=abort",
             f"--crate-name={name.replace('-', '_')}", source, "-L", folder, "--out-dir", folder, *flags])
    return source


def tracing(folder):
    """Compiles the crate `tracing`; None if it is not there."""
    parts = ("cfg-if", "pin-project-lite", "tracing-core")
    if not all(crate(part, folder) for part in parts):
        return None
    externs = [f"--extern={p.replace('-', '_')}={folder}/lib{p.replace('-', '_')}.rlib" for p in parts]
    return crate("tracing", folder, *externs) and f"--cfg tracing --extern=tracing={folder}/libtracing.rlib"


def count(folder, archive):
    program = f"{folder}/program"
    run(f"clang-{llvm} -O2 -no-pie {HERE}/step.c {archive} -o {program}")
    return tuple(map(int, run(program).split()))


def rust(folder, flags, **environment):
    run(f"{rustc} -O --edition 2021 -Cpanic=abort --crate-type staticlib {folder}/leaf.rs "
        f"-L {folder} -o {folder}/leaf.a {flags}", **environment)
    return count(folder, f"{folder}/leaf.a")


def c(folder, flags):
    run(f"{clang} {flags} -c {HERE}/leaf.c -o {folder}/leaf.o")
    return count(folder, f"{folder}/leaf.o")


def rows(folder):
    (pathlib.Path(folder) / "leaf.rs").write_text((HERE / "leaf.rs").read_text())
    run(f"{clang} -fsyntax-only -fplugin-arg-trace-emit-rust={folder}/points.rs {HERE}/leaf.h")
    yield "C, no event", c(folder, "-DWITHOUT")
    yield "C, the plugin", c(folder, "")
    yield "Rust, no event", rust(folder, "")
    if rustc_llvm == llvm:
        yield "Rust, the plugin", rust(
            folder, f"--cfg points --cfg trace_plugin -Zllvm-plugins={build}/lib/LLVMTracePoint-{llvm}.so",
            RUSTC_BOOTSTRAP="1")
    yield "Rust, inline assembly", rust(folder, "--cfg points")
    yield "Rust, the form of static-keys", rust(folder, "--cfg branch")
    flags = tracing(folder)
    if flags:
        yield "Rust, tracing, no subscriber", rust(folder, flags)
    else:
        print("tracing: not here; Debian's package is librust-tracing-dev")


with tempfile.TemporaryDirectory() as folder:
    print(f"{'one event that is off, in leaf()':34}{'instructions':>14}{'on the stack':>14}")
    for name, (instructions, stack) in rows(folder):
        print(f"{name:34}{instructions:14}{stack:14}", flush=True)
