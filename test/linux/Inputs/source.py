"""source.py - Linux's source, from Debian's linux-source-6.12: the installed
package, or one fetched from the machine's own mirror. Never committed."""

import pathlib
import shutil
import subprocess
import sys

PACKAGE = "linux-source-6.12"
TAR = f"usr/src/{PACKAGE}.tar.xz"


def download(folder):
    command = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", PACKAGE]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{PACKAGE} cannot be fetched; is there a network?\n{done.stderr}")
    return next(folder.glob("*.deb"))


def unpack(folder, *patterns):
    """Unpacks into the new `folder` what matches a pattern, or all."""
    unpacking = folder.with_name(f"{folder.name}.unpacking")
    shutil.rmtree(unpacking, ignore_errors=True)
    unpacking.mkdir(parents=True)
    tar = ["tar", "-xJ", "-C", unpacking, "--strip-components=1", "--wildcards", "--no-wildcards-match-slash"]
    wanted = [f"{PACKAGE}/{pattern}" for pattern in patterns]
    installed = pathlib.Path("/", TAR)
    if installed.exists():
        subprocess.run([*tar, "-f", installed, *wanted], check=True)
    else:
        package = download(folder.parent)
        pipe = {"stdout": subprocess.PIPE}
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], **pipe) as deb, \
                subprocess.Popen(["tar", "-xO", f"./{TAR}"], stdin=deb.stdout, **pipe) as inner:
            subprocess.run([*tar, *wanted], stdin=inner.stdout, check=True)
        package.unlink()
    unpacking.rename(folder)
