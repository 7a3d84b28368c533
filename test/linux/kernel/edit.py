"""headers.py - takes the assembly out of Linux's own jump_label.h: what is left
of arch/NAME/include/asm/jump_label.h when the compiler writes static branches."""

import re

INCLUDE = "#include <asm-generic/jump_label.h>\n"
# LLVM has no such target, or the plugin no row for it.
UNSUPPORTED = ("arc", "csky", "parisc")

FUNCTION = re.compile(r"\s*static __always_inline bool arch_static_branch(_jump)?\(")
# Macros that only the two functions use.
MACRO = re.compile(
    r"\s*#\s*define\s+(JUMP_TABLE_ENTRY|JUMP_ENTRY_TYPE|WORD_INSN|B_INSN|J_INSN|JUMP_LABEL_STATIC_KEY_CONSTRAINT)\b")
CONDITION = re.compile(r"\s*#\s*(if|ifdef|ifndef|elif|else|endif)\b")


def without_functions(lines):
    """Each function goes with the comment right above it."""
    kept, at = [], 0
    while at < len(lines):
        if not FUNCTION.match(lines[at]):
            kept.append(lines[at])
            at += 1
            continue
        while kept and kept[-1].lstrip().startswith(("*", "/*")):
            kept.pop()
        while lines[at] != "}\n":
            at += 1
        at += 1
    return kept


def without_macros(lines):
    kept, inside = [], False
    for line in lines:
        inside = inside or bool(MACRO.match(line))
        if not inside:
            kept.append(line)
        inside = inside and line.endswith("\\\n")
    return kept


def without_empty_conditions(lines):
    """An #if with nothing but other conditions in it; the innermost first."""
    def kind(line):
        found = CONDITION.match(line)
        return found and found.group(1)

    begin = None
    for at, line in enumerate(lines):
        if kind(line) in ("if", "ifdef", "ifndef"):
            begin = at
        elif kind(line) == "endif":
            if begin is not None:
                return without_empty_conditions(lines[:begin] + lines[at + 1:])
        elif not kind(line) and line.strip():
            begin = None
    return lines


def with_include(lines):
    """After the last header that C, and not assembly, includes; the types of
    struct jump_entry must follow it."""
    last = max(at for at, line in enumerate(lines) if line.startswith("#include"))
    return [*lines[:last + 1], INCLUDE, *lines[last + 1:]]


def without_assembly(text):
    lines = text.splitlines(keepends=True)
    lines = without_empty_conditions(without_macros(without_functions(lines)))
    return re.sub(r"\n{3,}", "\n\n", "".join(with_include(lines)))


def lines_of_code(text):
    """Lines that are neither blank nor comment."""
    text = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment.group().count("\n"), text, flags=re.S)
    return sum(1 for line in text.splitlines() if line.strip())
