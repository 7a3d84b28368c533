"""run.py LLVM PLUGIN BUILD MACHINE [STEP...]: builds Linux with and without the
plugin, compares, boots. A line `ok ...` or `FAIL ...` for each result."""

import argparse
import pathlib
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "test"), str(ROOT / "test/linux/Inputs")]

import boot  # noqa: E402
import identical  # noqa: E402
import tree  # noqa: E402
from build import Kernel, copied  # noqa: E402
from machines import MACHINES, OBJECTS  # noqa: E402

SAMPLES = {"binder.ko": pathlib.Path("examples/linux"), "types.ko": pathlib.Path("test/linux/kernel/types")}
STEPS = ("identical", "boot", "sample", "hardened")
MODULES = ("lib/test_static_key_base.ko", "lib/test_static_keys.ko", "samples/trace_events/trace-events-sample.ko")


class Run:
    def __init__(self, arguments):
        self.build = arguments.build.resolve()
        self.name, self.llvm = arguments.machine, arguments.llvm
        self.machine = MACHINES[self.name]
        self.plugin = copied(self.build, arguments.plugin.resolve())
        self.folder = self.build / f"{self.name}-{self.llvm}"
        self.failed = 0

    def report(self, good, text):
        self.failed += not good
        print(f"{'ok' if good else 'FAIL'} {text}", flush=True)

    def kernel(self, kind):
        """Kind: plain, by Linux's own headers; plugin, by flags on the command
        line; hardened, by the rules in the tree."""
        if kind == "plain":
            source, variables = tree.plain(self.build), ()
        else:
            source, variables = tree.edited(self.build, self.machine), (f"TRACE_PLUGIN={self.plugin}",)
        if kind == "plugin":
            flags = f"-fplugin={self.plugin}", "-fplugin-arg-trace-abi=linux", *self.machine.plugin_flags
            variables = f"KCFLAGS={' '.join(flags)}",
        return Kernel(source, self.folder / kind, self.machine, self.llvm, *variables)

    def made(self, kind, *fragments):
        kernel = self.kernel(kind)
        kernel.configure("base", self.name, *fragments)
        self.built(kernel.make(self.machine.image, "modules"), kind)
        return kernel

    def built(self, log, name):
        """Clang warns of Linux's own source, with or without the plugin; objtool
        must not."""
        print(log, end="", flush=True)
        self.report("objtool" not in log, f"builds: {name}")

    def identical(self):
        if self.machine.defconfig:
            return self.identical_objects()
        plain, plugin = self.made("plain"), self.made("plugin")
        identical.compare_vmlinux(self.report, plain.folder, plugin.folder)
        identical.compare_objects(self.report, plain.folder, plugin.folder, MODULES)

    def identical_objects(self):
        folders = []
        for kind in ("plain", "plugin"):
            kernel = self.kernel(kind)
            kernel.configure_default()
            kernel.make(*OBJECTS)
            folders.append(kernel.folder)
        identical.compare_objects(self.report, *folders, OBJECTS)

    def boot(self, kind="plugin", *fragments):
        kernel = self.made(kind, *fragments)
        modules = {pathlib.Path(name).name: kernel.folder / name for name in MODULES}
        boot.boot(self.report, self.build, self.machine, kernel, "boot", modules)

    def sample(self, kind="plugin", *fragments):
        kernel = self.made(kind, *fragments)
        kernel.make("headers")
        files = {name: self.module(kernel, source, name) for name, source in SAMPLES.items()}
        files |= {name: self.program(kernel, name) for name in ("request", "observe")}
        boot.boot(self.report, self.build, self.machine, kernel, "sample", files)

    def hardened(self):
        self.boot("hardened", "hardened")
        self.sample("hardened", "hardened")

    def module(self, kernel, source, name):
        """The module, from a copy of its folder, by its own Makefile."""
        folder = kernel.folder / "out-of-tree" / source.name
        shutil.copytree(ROOT / source, folder, dirs_exist_ok=True)
        self.built(kernel.make(f"M={folder}", f"TRACE_PLUGIN={self.plugin}", f"TRACE_INCLUDE={ROOT}/include", "modules"),
                   name)
        return folder / name

    def program(self, kernel, name):
        program = kernel.folder / name
        source = kernel.source / "tools/include/nolibc"
        boot.run([f"clang-{self.llvm}", f"--target={self.machine.clang}", "-Os", "-static", "-nostdlib", "-ffreestanding",
                  "-fno-stack-protector", "-fuse-ld=lld", "-include", source / "nolibc.h", "-I", source,
                  "-isystem", kernel.folder / "usr/include", ROOT / f"test/linux/kernel/programs/{name}.c",
                  "-o", program])
        return program


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("llvm")
    parser.add_argument("plugin", type=pathlib.Path)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("machine", choices=MACHINES)
    parser.add_argument("steps", nargs="*", metavar="step", help=", ".join(STEPS))
    arguments = parser.parse_args()
    run = Run(arguments)
    boots = not run.machine.defconfig
    allowed = [step for step in STEPS if boots or step == "identical"]
    for step in arguments.steps:
        if step not in allowed or (step == "hardened" and run.name != "x86_64"):
            parser.error(f"{run.name} has no step {step}")
    for step in arguments.steps or allowed[:3]:
        getattr(run, step)()
    return run.failed > 0


sys.exit(main())
