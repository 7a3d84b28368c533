"""build.py - configures and makes a kernel, or some objects of one."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

CONFIG = pathlib.Path(__file__).resolve().parent / "config"
# Else the time and place of the build would be in what is compared.
REPRODUCIBLE = ("KBUILD_BUILD_TIMESTAMP=@0", "KBUILD_BUILD_USER=trace", "KBUILD_BUILD_HOST=trace",
                "KBUILD_BUILD_VERSION=1")


def copied(build, plugin):
    """The plugin, at a path of its content: so make(1) sees another command
    where the plugin is another."""
    name = hashlib.sha256(plugin.read_bytes()).hexdigest()[:16]
    copy = build / f"plugin-{name}" / plugin.name
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(plugin, copy)
    return copy


class Kernel:
    """A source tree, and a folder that it is built in. `variables`: for make(1),
    NAME=VALUE."""

    def __init__(self, source, folder, machine, llvm, *variables):
        self.source, self.folder, self.machine = source, folder, machine
        self.command = ["make", "-s", "-C", source, f"O={folder}", f"ARCH={machine.make}", f"LLVM=-{llvm}",
                        *REPRODUCIBLE, *variables, f"-j{os.cpu_count()}"]

    def make(self, *targets):
        log = self.folder / "make.log"
        with open(log, "w") as output:
            done = subprocess.run([*map(str, self.command), *targets], stdout=output, stderr=subprocess.STDOUT)
        text = log.read_text()
        if done.returncode != 0:
            sys.exit(f"FAIL make {' '.join(targets)} in {self.folder}\n{text[-4000:]}")
        return text

    def configure(self, *fragments):
        """tinyconfig with fragments; written again only if they have changed."""
        files = [CONFIG / f"{name}.config" for name in fragments]
        wanted = "".join(file.read_text() for file in files)
        stamp = self.folder / "fragments"
        if stamp.exists() and stamp.read_text() == wanted:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self.make("tinyconfig")
        config = self.folder / ".config"
        config.write_text(config.read_text() + wanted)
        self.make("olddefconfig")
        lines = set(config.read_text().splitlines())
        missing = [line for line in wanted.splitlines() if "CONFIG_" in line and line not in lines]
        if missing:
            sys.exit(f"FAIL configuration: {self.source} does not take {', '.join(missing)}")
        stamp.write_text(wanted)

    def configure_default(self):
        """The architecture's own, with static branches, which some leave out."""
        config = self.folder / ".config"
        if not config.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            self.make(self.machine.defconfig)
        wanted = "CONFIG_JUMP_LABEL=y"
        if wanted not in config.read_text().splitlines():
            config.write_text(f"{config.read_text()}{wanted}\n")
            self.make("olddefconfig")
        if wanted not in config.read_text().splitlines():
            sys.exit(f"FAIL configuration: {self.machine.defconfig} does not take {wanted}")

    def image(self):
        return self.folder / "arch" / self.machine.make / "boot" / self.machine.image
