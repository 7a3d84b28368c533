"""The test suite. Every path in it is one of the build tree, which has the
shape of the install tree. docs/testing.md lists the substitutions."""

import os
import platform
import shlex
import shutil
import subprocess

import lit.formats

major = config.llvm_major
build = config.trace_build
lib = os.path.join(build, "lib")
include = os.path.join(build, "include")


def llvm_tool(name):
    return os.path.join(config.llvm_bin, name)


config.name = f"TracePoint-{major}"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".c", ".cpp", ".ll", ".test", ".s"]
config.excludes = ["Inputs", "bench", "emulated", "fuzz", "unit", "CMakeLists.txt"]
config.test_source_root = os.path.join(config.trace_source, "test")
config.test_exec_root = os.path.join(build, "test")

config.environment["PATH"] = os.pathsep.join(
    [config.llvm_bin, os.path.join(build, "bin"), config.environment["PATH"]]
)
config.environment["LC_ALL"] = "C"
for name in ("TRACE_ENABLE", "TRACE_OUTPUT", "LD_PRELOAD"):
    config.environment.pop(name, None)

# ---- Substitutions --------------------------------------------------------
clang, clangxx = llvm_tool("clang"), llvm_tool("clang++")
plugin = f"-fplugin={lib}/ClangTracePoint-{major}.so"
sanitize = f"-fsanitize={config.trace_sanitize} " if config.trace_sanitize else ""

substitutions = {
    "%clang": clang,
    "%clangxx": clangxx,
    "%trace": plugin,
    "%clang_trace": f"{clang} {plugin} -I{include}",
    "%clangxx_trace": f"{clangxx} {plugin} -I{include}",
    "%opt": f"{llvm_tool('opt')} -load-pass-plugin={lib}/LLVMTracePoint-{major}.so",
    "%llc": llvm_tool("llc"),
    # The sanitized library needs the sanitizer of the compiler that built it.
    "%cc": clang if config.trace_sanitize else "gcc",
    "%gcc": "gcc",
    "%cxx": "g++",
    "%include": include,
    "%libdir": lib,
    "%tracepoint": os.path.join(build, "bin", "tracepoint"),
    "%link": f"{sanitize}-L{lib} -ltracepoint -Wl,-rpath,{lib}",
    "%lld": "-fuse-ld=lld",
    "%bfd": "-fuse-ld=bfd",
    "%gold": "-fuse-ld=gold",
    "%llvm_major": str(major),
    "%source": config.trace_source,
    "%build": build,
    "%python": "python3",
}
# \b: %clang is not the beginning of %clangxx.
config.substitutions.extend((name + r"\b", text) for name, text in substitutions.items())

# ---- Features -------------------------------------------------------------
features = config.available_features
features.add(f"llvm-{major}")
features.update(f"llvm-{n}-or-newer" for n in range(19, major + 1))
features.add(platform.machine())
features.update(t.lower() + "-registered-target" for t in config.llvm_targets.split())
if os.geteuid() == 0:
    features.add("root")
# uprobes, in a view of the file system that has tracefs whether or not it is mounted.
with_tracefs = [
    "unshare", "-m", "sh", "-c",
    'cd /sys/kernel/tracing && test -e uprobe_events || mount -t tracefs nodev /sys/kernel/tracing && cd "$OLDPWD" && exec "$@"',
    "-",
]
config.substitutions.append((r"%with_tracefs\b", " ".join(map(shlex.quote, with_tracefs))))
if not subprocess.run(
    [*with_tracefs, "test", "-w", "/sys/kernel/tracing/uprobe_events"], stderr=subprocess.DEVNULL
).returncode:
    features.add("uprobes")
if config.llvm_rtti.upper() in ("ON", "1", "TRUE"):
    features.add("has-rtti")
if config.trace_sanitize:
    features.add("sanitized")
if os.path.exists(llvm_tool("ld.lld")):
    features.add("lld")
for linker in ("bfd", "gold"):
    if shutil.which("ld." + linker):
        features.add(linker)
for tool in (
    "apt-get", "babeltrace2", "cmake", "pkg-config", "gcc", "g++", "gdb", "protoc",
    "strace", "script", "zsh",
):
    if shutil.which(tool):
        features.add(tool)
if os.path.exists(os.path.join(config.llvm_bin, "..", "include", "c++", "v1", "string")):
    features.add("libcxx")
# The sanitizers' run times are a package of their own.
resource_dir = subprocess.run(
    [clang, "-print-resource-dir"], capture_output=True, text=True, check=True
).stdout.strip()
for sanitizer in ("asan", "tsan", "msan", "ubsan_standalone", "hwasan", "profile"):
    for folder in ("linux", f"{platform.machine()}-pc-linux-gnu"):
        names = (f"libclang_rt.{sanitizer}-{platform.machine()}.a", f"libclang_rt.{sanitizer}.a")
        if any(os.path.exists(os.path.join(resource_dir, "lib", folder, n)) for n in names):
            features.add(sanitizer.split("_")[0])
