"""babeltrace.py TRACEPOINT DIR: compares what `tracepoint view --json` and
babeltrace2 read of a recording, event for event, and prints how many there are."""

import json
import math
import re
import struct
import subprocess
import sys
from collections import defaultdict

TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[{}(),:=\[\]]|[^\s{}(),:=\[\]]+)')
LINE = re.compile(r"\[(\d+)\] (?:\S+ )?(\S+): (\{.*)")
ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|.)")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}


def unescape(text):
    def one(match):
        code = match[1]
        if code[0] == "x":
            return chr(int(code[1:], 16))
        if code[0].isdigit():
            return chr(int(code, 8))
        return ESCAPES.get(code, code)

    return ESCAPE.sub(one, text)


class Parser:
    """The text of babeltrace2's structures and values."""

    def __init__(self, text):
        self.tokens = TOKEN.findall(text)
        self.at = 0

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def value(self):
        token = self.take()
        if token == "{":
            return self.structure()
        if token == "(":  # ( "LABEL" : container = 3 )
            labels = []
            while (token := self.take()) != "container":
                labels.append(token)
            self.take()
            number = self.take()
            self.take()
            name = unescape(labels[0][1:-1]) if labels[0][0] == '"' else None
            return int(number, 0) if name is None or name == "<unknown>" else name
        if token == "[":
            return self.elements()
        if token[0] == '"':
            return unescape(token[1:-1])
        try:
            return int(token, 0)
        except ValueError:
            return float(token)

    def elements(self):  # [ [0] = 1, [1] = 2 ]
        result = []
        while (token := self.take()) != "]":
            if token == ",":
                continue
            self.take()  # its number
            self.take()  # ]
            self.take()  # =
            result.append(self.value())
        return result

    def structure(self):
        result = {}
        while (token := self.take()) != "}":
            if token == ",":
                continue
            self.take()  # =
            result[token] = self.value()
        return result


def of_babeltrace(directory):
    command = ["babeltrace2", "--clock-cycles", "--no-delta", directory]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            match = LINE.match(line.decode("latin-1"))
            assert match, line
            parser = Parser(match[3])
            packet = parser.value()
            parser.take()
            context = parser.value()
            parser.take()
            fields = parser.value()
            states = {k[1:-6]: fields.pop(k) for k in list(fields) if re.fullmatch("_.*_state", k)}
            for name, state in states.items():
                del fields[f"_{name}_length"]
                if state in ("null", "bad", "empty"):
                    nothing = [] if isinstance(fields[name], list) else ""
                    fields[name] = nothing if state == "empty" else None
            yield int(match[1]), match[2], packet, context["cpu"], fields
    assert process.returncode == 0


def of_view(tracepoint, directory):
    command = [tracepoint, "view", "--json", directory]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            yield json.loads(line.decode("latin-1"), parse_float=lambda text: text)
    assert process.returncode == 0


def same(theirs, ours):
    if isinstance(ours, list):
        return len(theirs) == len(ours) and all(map(same, theirs, ours))
    if theirs != ours and isinstance(ours, str) and re.fullmatch(r"\w+(\|\w+)+", ours):
        return True  # flags: babeltrace2 2.0.4 shows the number, or one name of all
    if isinstance(ours, bool):
        return theirs == int(ours)
    if isinstance(ours, str) and ours[:2] == "0x":
        return theirs == int(ours, 16)
    if isinstance(theirs, float) or (isinstance(theirs, int) and isinstance(ours, str)):
        return math.isclose(theirs, float(ours), rel_tol=1e-4)
    return theirs == ours


def main():
    tracepoint, directory = sys.argv[1:]
    with open(f"{directory}/session", "rb") as session:
        frequency, base, monotonic = struct.unpack_from("=QQQ", session.read(), 32)
    theirs = defaultdict(list)
    for event in of_babeltrace(directory):
        theirs[event[2]["pid"], event[2]["tid"]].append(event)
    ours = defaultdict(list)
    before = 0
    for event in of_view(tracepoint, directory):
        seconds, decimals = event["time"].split(".")
        event["time"] = int(seconds) * 10**9 + int(decimals)
        assert event["time"] >= before, event
        before = event["time"]
        ours[event["pid"], event["tid"]].append(event)
    assert theirs.keys() == ours.keys(), (theirs.keys(), ours.keys())
    count = 0
    for thread, events in ours.items():
        assert len(events) == len(theirs[thread]), (thread, len(events), len(theirs[thread]))
        for our, (ticks, name, packet, cpu, fields) in zip(events, theirs[thread]):
            count += 1
            context = (our, ticks, name, packet, cpu, fields)
            assert our["time"] == monotonic + (ticks - base) * 10**9 // frequency, context
            assert f"{our['system']}:{our['name']}" == name, context
            assert our["cpu"] == cpu and our["comm"] == packet["comm"], context
            # A member's name has a dot, and CTF's has none.
            our["fields"] = {k.replace(".", "_"): v for k, v in our["fields"].items()}
            assert our["fields"].keys() == fields.keys(), context
            for field, value in our["fields"].items():
                assert same(fields[field], value), (field, context)
    print(f"{count} events of {len(ours)} threads agree")


main()
