"""lines.py BUILD DOCUMENT: the lines of each architecture's jump_label.h, before
and after, are those of the table in the document."""

import pathlib
import sys

import headers

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "kernel"))
import edit  # noqa: E402

OURS = pathlib.Path(__file__).resolve().parents[3] / "include/trace/linux/jump_label.h"


def main(build, document):
    linux = headers.fetch(pathlib.Path(build))
    rows, sums = [], [0, 0]
    for file in sorted(linux.glob("arch/*/include/asm/jump_label.h")):
        name, text = file.parts[-4], file.read_text()
        before = edit.lines_of_code(text)
        after = before if name in edit.UNSUPPORTED else edit.lines_of_code(edit.without_assembly(text))
        rows.append(f"| {name} | {before} | {after} |")
        sums = [sums[0] + before, sums[1] + after]
    generic = edit.lines_of_code(OURS.read_text())
    rows += [f"| asm-generic | | {generic} |", f"| all | {sums[0]} | {sums[1] + generic} |"]
    text = pathlib.Path(document).read_text()
    missing = [row for row in rows if row not in text]
    if missing:
        sys.exit(f"{document} does not have\n" + "\n".join(missing))


main(*sys.argv[1:])
