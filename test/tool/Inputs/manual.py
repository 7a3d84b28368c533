"""manual.py TRACEPOINT MANUAL: every command and option of the help is in the
manual page, in the command's part, and the other way round."""

import re
import subprocess
import sys


def help_of(tracepoint, *words):
    command = [tracepoint, *words, "--help"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def options(text):
    return set(re.findall(r"^  (--?[a-z-]+)", text, re.M)) - {"--help", "--help-list", "--version"}


def main():
    tracepoint, manual = sys.argv[1:]
    with open(manual) as page:
        commands_part = page.read().split(".SH COMMANDS\n")[1].split("\n.SH ")[0]
    parts = dict(part.split("\n", 1) for part in commands_part.split(".SS ")[1:])
    commands = re.findall(r"^  ([a-z]+) +- ", help_of(tracepoint), re.M)
    assert sorted(parts) == sorted(commands), (sorted(parts), sorted(commands))
    for command in commands:
        titles = re.findall(r"^\.TP\n(\.BI? .*)", parts[command], re.M)
        described = set(re.findall(r"(?:^|[ \"])(--?[a-z-]+)", "\n".join(titles).replace("\\-", "-")))
        listed = options(help_of(tracepoint, command))
        # Aliases are in the manual alone.
        assert listed <= described, (command, listed - described)
        assert described - listed <= {"--event", "--output", "--pid"}, (command, described - listed)
    print(f"{len(commands)} commands")


main()
