"""expect.py [--texts] DIR EXPRESSION...: each expression holds for the recording
in DIR.

    steps   the numbers of the app:step events by process, then thread, in order:
            a list of {tid: [numbers]}, sorted by the first number
    lost    records lost in all processes
    bt      how many lines babeltrace2 prints
    names   of the processes' directories
    texts   with --texts: the strings that are the events' only field, in order
"""

import struct
import sys

import recording

has_texts = sys.argv[1] == "--texts"
directory, *expressions = sys.argv[1 + has_texts :]
processes = recording.processes(directory)
texts = [r.fields["text"] for p in processes for _, r in p.records()] if has_texts else []
steps, lost = [], 0
for process in processes:
    threads = {}
    for tid, record in process.records():
        threads.setdefault(tid, []).append(record.fields.get("number", 0))
    steps.append(threads)
    head = recording.read(process.path, "process")
    lost += sum(struct.unpack_from("=16Q", head, 72))
steps.sort(key=lambda threads: min(map(min, threads.values()), default=0))
numbers = sorted(n for threads in steps for thread in threads.values() for n in thread)
bt = len(recording.babeltrace(directory)[0])
names = [process.path.split("/")[-1] for process in processes]
for expression in expressions:
    if not eval(expression):
        print(f"{directory}: not true: {expression}")
        for name in ("steps", "lost", "bt", "names", "texts"):
            text = repr(globals()[name])
            print(f"  {name} = {text[:400]}")
        sys.exit(1)
