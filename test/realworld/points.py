"""Puts trace points into the source of a program. Places are named by what the
code says there, and each must be found exactly once."""

import dataclasses
import pathlib
import re

HEADER = "trace_points.h"
INCLUDE = f'#include "{HEADER}"\n'


def insert_once(point, pattern, addition, text):
    """Inserts `addition` where the match of `pattern` ends."""
    places = [match.end() for match in re.finditer(pattern, text, re.M)]
    if len(places) != 1:
        raise SystemExit(f"{point.file}: the place for {point.name} was found {len(places)} times")
    return text[: places[0]] + addition + text[places[0] :]


@dataclasses.dataclass
class Function:
    """An existing function: the attribute goes before its definition."""

    file: str
    name: str
    format: str

    def insert(self, text):
        definition = rf"^(?=[A-Za-z_][^\n;=()]*\b{self.name} ?\([^;{{}}]*\)\s*\{{)"
        attribute = f'__attribute__((trace_point("{self.format}")))\n'
        return insert_once(self, definition, attribute, text)


@dataclasses.dataclass
class Event:
    """A new event, called right after the text that `after` matches."""

    file: str
    declaration: str  # void trace_NAME(...)
    format: str
    call: str
    after: str

    @property
    def name(self):
        return re.match(r"void trace_(\w+)\(", self.declaration)[1]

    def insert(self, text):
        return insert_once(self, self.after, "\n" + self.call + "\n", text)


def write_header(path, points, prelude):
    lines = ["#pragma once", "#include <stdbool.h>", "#include <trace/point.h>", prelude]
    lines += [f'TRACE_POINT("{p.format}", {p.declaration});' for p in points if isinstance(p, Event)]
    path.write_text("\n".join(lines) + "\n")


def insert(folder, points, prelude=""):
    """Inserts all points into the sources in `folder`."""
    folder = pathlib.Path(folder)
    write_header(folder / HEADER, points, prelude)
    for name in {p.file for p in points}:
        here = [p for p in points if p.file == name]
        text = (folder / name).read_text(errors="surrogateescape")
        for point in here:
            text = point.insert(text)
        if any(isinstance(p, Event) for p in here):
            text = INCLUDE + text
        (folder / name).write_text(text, errors="surrogateescape")
