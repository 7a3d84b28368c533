"""pack.py DIR > INPUT: a small recording as an input of recording.cpp."""

import os
import sys

NAMES = {
    "session": 0,
    "process": 1,
    "events": 2,
    "ring-0": 3,
    "ring-1": 4,
    "ctf/stream-0": 5,
    "ctf/stream-0.1": 6,
    "ctf/.stream-0": 7,
    "ctf/stream-1": 8,
}
SECOND = {"process": 9, "events": 10, "ctf/stream-0": 11}


PAGE = 4096


def put(number, path):
    with open(path, "rb") as file:
        for page in range(32):
            piece = file.read(PAGE)
            if len(piece) == PAGE:
                piece = piece.rstrip(b"\0")
            if piece:
                head = bytes((number, page)) + len(piece).to_bytes(2, "little")
                sys.stdout.buffer.write(head + piece)


def main():
    directory = sys.argv[1]
    put(NAMES["session"], f"{directory}/session")
    processes = sorted(e.path for e in os.scandir(directory) if e.is_dir())
    for names, process in zip((NAMES, SECOND), processes):
        for name, number in names.items():
            if name != "session" and os.path.exists(f"{process}/{name}"):
                put(number, f"{process}/{name}")


main()
