"""The Rust compilers of this machine, and Rust's names of the targets."""

import os
import re
import shutil
import subprocess

# By the names of include/trace/targets.h's tests and cmake/targets.txt.
TARGETS = {
    "x86_64": "x86_64-unknown-linux-gnu",
    "i386": "i686-unknown-linux-gnu",
    "arm": "armv7-unknown-linux-gnueabihf",
    "thumb2": "thumbv7neon-unknown-linux-gnueabihf",
    "aarch64": "aarch64-unknown-linux-gnu",
    "aarch64_be": "aarch64_be-unknown-linux-gnu",
    "riscv32": "riscv32gc-unknown-linux-gnu",
    "riscv64": "riscv64gc-unknown-linux-gnu",
    "powerpc": "powerpc-unknown-linux-gnu",
    "powerpc64": "powerpc64-unknown-linux-gnu",
    "powerpc64le": "powerpc64le-unknown-linux-gnu",
    "s390x": "s390x-unknown-linux-gnu",
    "loongarch32": "loongarch32-unknown-none",
    "loongarch64": "loongarch64-unknown-linux-gnu",
}

OLDEST = 87  # asm! with labels
MINICORE = 95  # test/rust/Inputs/minicore.rs has the items that it asks for


def _versions(path):
    """(minor version of rustc, major version of its LLVM)"""
    text = subprocess.run([path, "-vV"], capture_output=True, text=True).stdout
    release = re.search(r"^release: 1\.(\d+)", text, re.M)
    llvm = re.search(r"^LLVM version: (\d+)", text, re.M)
    return (int(release[1]), int(llvm[1])) if release and llvm else (0, 0)


def compilers():
    """{path: (minor version, LLVM's)} of those that are new enough; Debian's
    rustc-web before any other."""
    folders = ["/usr/bin"] + os.environ["PATH"].split(os.pathsep)
    found = [os.path.join(folder, "rustc") for folder in folders]
    known = {path: _versions(path) for path in dict.fromkeys(found) if shutil.which(path)}
    return {path: versions for path, versions in known.items() if versions[0] >= OLDEST}
