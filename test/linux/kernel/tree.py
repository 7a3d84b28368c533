"""tree.py - Linux's source, and a copy in which the compiler writes the static
branches: our jump_label.h, the assembly gone from the architectures', and the
rules that load the plugin."""

import pathlib
import shutil
import subprocess

import edit
import source

ROOT = pathlib.Path(__file__).resolve().parents[3]
NEW = {
    "include/asm-generic/jump_label.h": ROOT / "include/trace/linux/jump_label.h",
    "scripts/Makefile.trace-plugin": ROOT / "examples/linux/tree/Makefile.trace-plugin",
    "scripts/Kconfig.trace-plugin": ROOT / "examples/linux/tree/Kconfig.trace-plugin",
}
# A line that comes after another.
ADDED = {
    "Makefile": ("include-$(CONFIG_GCC_PLUGINS)\t+= scripts/Makefile.gcc-plugins\n",
                 "include-$(CONFIG_HAVE_TRACE_PLUGIN)\t+= scripts/Makefile.trace-plugin\n"),
    "arch/Kconfig": ('source "scripts/gcc-plugins/Kconfig"\n', 'source "scripts/Kconfig.trace-plugin"\n'),
}


def plain(build):
    folder = build / "source"
    if not folder.exists():
        source.unpack(folder)
    return folder


def replace(file, text):
    """The file may be a hard link into the other tree; and make(1) goes by the
    time, so what is right already is left alone."""
    if not file.exists() or file.read_text() != text:
        file.unlink(missing_ok=True)
        file.write_text(text)


def edited(build, machine):
    original, folder = plain(build), build / "source-plugin"
    if not folder.exists():
        copying = build / "source-plugin.copying"
        shutil.rmtree(copying, ignore_errors=True)
        subprocess.run(["cp", "-al", original, copying], check=True)
        copying.rename(folder)
    for name, file in NEW.items():
        replace(folder / name, file.read_text())
    for name, (line, added) in ADDED.items():
        text = (original / name).read_text()
        assert text.count(line) == 1, f"{name} does not have the line {line}"
        replace(folder / name, text.replace(line, line + added))
    name = f"arch/{machine.make}/include/asm/jump_label.h"
    replace(folder / name, edit.without_assembly((original / name).read_text()))
    return folder
