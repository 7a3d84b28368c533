"""The tests that each row of cmake/targets.txt runs under QEMU's user mode: a
suite each, whose tests are the same files. docs/testing.md lists the
substitutions."""

import os
import shutil
import sys

import lit.formats

name = config.trace_target
major = config.llvm_major
build = config.trace_build
root = config.trace_source

with open(os.path.join(root, "cmake", "targets.txt")) as table:
    rows = {row.split()[0]: row.split() for row in table if not row.startswith("#")}
_, triple, debian_root, debian, qemu, linker, *flags = rows[name]

emulator = f"qemu-{qemu}-static"
libc = f"/usr/{debian_root}"
lib = os.path.join(root, "build", triple, "lib", triple)

config.name = f"TracePoint-{major}-{name}"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".c", ".cpp", ".test"]
config.test_source_root = os.path.join(root, "test", "emulated")
config.test_exec_root = os.path.join(build, "test", "emulated", name)
config.environment["PATH"] = os.pathsep.join(
    [config.llvm_bin, os.path.join(build, "bin"), config.environment["PATH"]]
)
config.environment["LC_ALL"] = "C"
for variable in ("TRACE_ENABLE", "TRACE_OUTPUT", "LD_PRELOAD"):
    config.environment.pop(variable, None)

# What is missing makes the target's tests unsupported, and is said.
missing = []
if not shutil.which(emulator):
    missing.append(f"{emulator} (qemu-user-static)")
if not os.path.exists(f"{libc}/include/c++"):
    missing.append(f"{libc} (libstdc++-12-dev-{debian}-cross)")
if not os.path.exists(f"{lib}/libtracepoint.a"):
    missing.append(f"{lib} (./dev build --target {triple})")
if linker == "bfd":
    link_flags = f"--ld-path=/usr/bin/{debian_root}-ld"
    if not os.path.exists(f"/usr/bin/{debian_root}-ld"):
        missing.append(f"{debian_root}-ld (binutils-{debian_root})")
else:
    link_flags = f"-fuse-ld=lld -L{libc}/lib"
if missing:
    lit_config.note(f"{name} is not tested; missing: {', '.join(missing)}")
    config.unsupported = True

# ---- Substitutions --------------------------------------------------------
compile_flags = " ".join(
    [
        f"--target={triple}",
        *flags,
        f"-fplugin={build}/lib/ClangTracePoint-{major}.so",
        f"-I{build}/include",
    ]
)
# LLVM 19's fast instruction selection stores an unaligned word on 32-bit MIPS
# as if it were aligned; docs/targets.md says so.
unoptimised = "-O0"
if major < 20 and name in ("mips", "mipsel"):
    unoptimised += " -mllvm -fast-isel=0"
substitutions = {
    "%unoptimised": unoptimised,
    "%clang_trace": f"{config.llvm_bin}/clang {compile_flags}",
    "%clangxx_trace": f"{config.llvm_bin}/clang++ {compile_flags}",
    "%link": f"{link_flags} -L{lib} -ltracepoint -Wl,-rpath,{lib}",
    "%link_static": f"{link_flags} {lib}/libtracepoint.a",
    # The machine's own cache of libraries may have another i386's, and a loader
    # that gets another release's libc hangs in pthread_create.
    "%run": f"{emulator} -E LD_LIBRARY_PATH={libc}/lib -L {libc}",
    "%tracepoint": os.path.join(build, "bin", "tracepoint"),
    "%programs": os.path.join(root, "test", "program"),
    "%inputs": os.path.join(root, "test", "rust", "Inputs"),
}
# \b: %link is not the beginning of %link_static.
config.substitutions.extend((key + r"\b", text) for key, text in substitutions.items())

config.available_features.add(name)

# For Rust's half of a program, without std: %rustc.
sys.path.insert(0, os.path.join(root, "test"))
import rustc  # noqa: E402

compilers = [path for path, (minor, _) in rustc.compilers().items() if minor >= rustc.MINICORE]
if compilers and name in rustc.TARGETS:
    config.available_features.add("rustc")
    processor = "-Ctarget-cpu=z13" if name == "s390x" else ""  # Clang's default, not rustc's
    config.substitutions.append((
        r"%rustc\b", f"env RUSTC_BOOTSTRAP=1 {compilers[0]} -Dwarnings --edition 2021 -Cpanic=abort "
                     f"--target {rustc.TARGETS[name]} {processor}"))
