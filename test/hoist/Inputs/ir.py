"""Reads the control flow of functions in LLVM's textual IR."""

import re


def functions(path):
    with open(path) as file:
        text = file.read()
    for name, body in re.findall(r"^define [^@]*@(\w+)\(.*?\{\n(.*?)^\}", text, re.S | re.M):
        blocks, label = {}, "entry"
        for line in body.splitlines():
            if head := re.match(r"([\w.]+):", line):
                label = head[1]
            elif line.strip():
                blocks.setdefault(label, []).append(line.strip())
        yield name, blocks


def successors(lines):
    text = " ".join(lines)
    at = max(text.rfind(f" {word} ") for word in ("br", "switch", "callbr")) if lines else -1
    end = text[at:] if at >= 0 else lines[-1]
    labels = re.findall(r"label %([\w.]+)", end)
    return labels[:1] if "callbr" in end else labels


def while_off(blocks):
    reached, work = {}, [next(iter(blocks))]
    while work:
        label = work.pop()
        if label not in reached:
            reached[label] = successors([" "] + blocks[label])
            work += reached[label]
    return reached


def in_cycle(graph, start):
    seen, work = set(), list(graph[start])
    while work:
        label = work.pop()
        if label not in seen:
            seen.add(label)
            work += graph[label]
    return start in seen
