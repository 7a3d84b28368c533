"""headers.py - Linux's headers, from Debian's linux-source-6.12: the package is
fetched from the machine's own mirror, and only headers are unpacked."""

import fcntl
import pathlib
import shutil
import subprocess
import sys

PACKAGE = "linux-source-6.12"
TAR = f"usr/src/{PACKAGE}.tar.xz"
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


def download(folder):
    command = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", PACKAGE]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{PACKAGE} cannot be fetched; is there a network?\n{done.stderr}")
    return next(folder.glob("*.deb"))


def unpack(folder):
    """The headers, from the installed package or a fetched one."""
    unpacking = folder / "unpacking"
    shutil.rmtree(unpacking, ignore_errors=True)
    unpacking.mkdir(parents=True)
    patterns = [f"{PACKAGE}/{pattern}" for pattern in WANTED]
    tar = ["tar", "-xJ", "-C", unpacking, "--strip-components=1", "--wildcards", "--no-wildcards-match-slash"]
    installed = pathlib.Path("/", TAR)
    if installed.exists():
        subprocess.run([*tar, "-f", installed, *patterns], check=True)
    else:
        package = download(folder)
        pipe = {"stdout": subprocess.PIPE}
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], **pipe) as deb, \
                subprocess.Popen(["tar", "-xO", f"./{TAR}"], stdin=deb.stdout, **pipe) as inner:
            subprocess.run([*tar, *patterns], stdin=inner.stdout, check=True)
        package.unlink()
    for name, text in STAND_INS.items():
        file = unpacking / "stand-in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    unpacking.rename(folder / "linux")


def fetch(folder):
    """The folder of Linux's headers below `folder`; fetched once, whichever test
    comes first."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "linux").exists():
            unpack(folder)
    return folder / "linux"


def flags(source, architecture):
    """What lets arch/.../asm/jump_label.h compile by itself."""
    arch = source / "arch" / architecture.folder / "include"
    config = ("CC_IS_CLANG", *architecture.config)
    return ["-nostdinc", "-D__KERNEL__", *(f"-DCONFIG_{name}" for name in config),
            "-I", arch, "-I", source / "include", "-I", arch / "uapi", "-I", source / "include/uapi",
            "-I", source / "stand-in", "-include", source / "include/linux/kconfig.h",
            "-include", source / "include/linux/compiler_types.h"]
