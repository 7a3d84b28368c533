"""headers.py - what lets one of Linux's headers compile by itself."""

import fcntl
import shutil

import source

WANTED = ["include/linux/*.h", "include/asm-generic/*.h", "include/uapi/linux/*.h", "include/uapi/asm-generic/*.h",
          "arch/*/include/asm/*.h", "arch/*/include/uapi/asm/*.h"]

# What Linux's build makes: for an architecture without a header of its own, one
# that includes the generic one; and the configuration, which is on the command
# line here.
STAND_INS = {
    "asm/types.h": "#include <asm-generic/types.h>\n",
    "uapi/asm/types.h": "#include <asm-generic/types.h>\n",
    "asm/bitsperlong.h": "#include <asm-generic/bitsperlong.h>\n",
    "asm/posix_types.h": "#include <asm-generic/posix_types.h>\n",
    "generated/autoconf.h": "",
}


def unpack(folder):
    shutil.rmtree(folder, ignore_errors=True)
    source.unpack(folder, *WANTED)
    for name, text in STAND_INS.items():
        file = folder / "stand-in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def fetch(folder):
    """The folder of Linux's headers below `folder`; fetched once, whichever test
    comes first."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "linux" / "stand-in").exists():
            unpack(folder / "linux")
    return folder / "linux"


def flags(linux, architecture):
    """What lets arch/.../asm/jump_label.h compile by itself."""
    arch = linux / "arch" / architecture.folder / "include"
    config = ("CC_IS_CLANG", *architecture.config)
    return ["-nostdinc", "-D__KERNEL__", *(f"-DCONFIG_{name}" for name in config),
            "-I", arch, "-I", linux / "include", "-I", arch / "uapi", "-I", linux / "include/uapi",
            "-I", linux / "stand-in", "-include", linux / "include/linux/kconfig.h",
            "-include", linux / "include/linux/compiler_types.h"]
