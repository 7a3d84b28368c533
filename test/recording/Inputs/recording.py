"""Reads a recording as include/trace/recording.h describes it, without any of the
project's code: what the other readers are compared with. Strict: what is not as
described is an assertion."""

import collections
import os
import re
import struct
import subprocess

PACKET = struct.Struct("=I16sIQQQQQQII16s")
RING = struct.Struct("=6IQQQ")
RECORD = struct.Struct("=QIH")
ENTRY = struct.Struct("=II")
EVENT = struct.Struct("=IBBHiIIIIIII")
FIELD = struct.Struct("=IIBBBBIII")
MAGIC, RING_MAGIC, RING_HEAD = 0xC1FC1FC1, 0x474E5254, 4096
SIGNED, ARRAY, SEQUENCE = 1, 4, 8
STATES = {2: "(null)", 3: "(bad address)", 4: " "}
INTEGER, BOOLEAN, FLOAT, POINTER, STRING, ENUM = range(1, 7)

Packet = collections.namedtuple("Packet", "sequence tid discarded begin end records")
Record = collections.namedtuple("Record", "time event cpu fields")


def text(data, at):
    return data[at : data.index(b"\0", at)].decode() if at else None


class Event:
    def __init__(self, data):
        head = EVENT.unpack_from(data)
        count, fields_at = head[3], head[6]
        self.system, self.name = text(data, head[7]), text(data, head[8])
        self.fields = []
        for i in range(count):
            f = FIELD.unpack_from(data, fields_at + i * FIELD.size)
            self.fields.append((text(data, f[0]), f[2], f[3], f[4], f[8]))

    def decode(self, data, at):
        values = {}
        for name, kind, size, flags, count in self.fields:
            if kind == STRING or flags & SEQUENCE:
                (head,) = struct.unpack_from("=H", data, at)
                at += 2
                count, state = head & 0x1FFF, head >> 13
                assert count > 0
            if kind == STRING:
                assert at + count <= len(data)
                values[name] = data[at : at + count].decode(errors="replace")
                if state in STATES:
                    assert values[name] == STATES[state]
                at += count
                continue
            several = flags & (ARRAY | SEQUENCE)
            value, end = [], at + (count if several else 1) * size
            for place in range(at, end, size):
                if kind == FLOAT:
                    value += struct.unpack_from("=f" if size == 4 else "=d", data, place)
                else:
                    signed = bool(flags & SIGNED)
                    value.append(int.from_bytes(data[place : place + size], "little", signed=signed))
            if flags & SEQUENCE and state >= 2:
                value = None if state in (2, 3) else []
            values[name] = value if several else value[0]
            at = end
        assert at <= len(data)
        return values, at


class Process:
    def __init__(self, path):
        self.path = path
        self.events = {}
        data = read(path, "events")
        at = 0
        while at + ENTRY.size <= len(data):
            size, number = ENTRY.unpack_from(data, at)
            if at + size > len(data):
                break
            self.events[number] = Event(data[at + ENTRY.size : at + size])
            at += size

    def packet(self, data, bytes_max):
        """A packet at the beginning of `data`; None: there is none."""
        head = PACKET.unpack_from(data)
        if head[5] == 0:
            return None
        assert head[0] == MAGIC, hex(head[0])
        content = head[5] // 8
        assert PACKET.size <= content <= bytes_max, (content, bytes_max)
        records, at, last = [], PACKET.size, head[3]
        data = data[:content]
        while at < content:
            time, number, cpu = RECORD.unpack_from(data, at)
            assert head[3] <= time <= head[4] and last <= time, "time falls"
            last = time
            event = self.events[number]
            fields, at = event.decode(data, at + RECORD.size)
            records.append(Record(time, f"{event.system}:{event.name}", cpu, fields))
        return Packet(head[7], head[10], head[8], head[3], head[4], records), head[6] // 8

    def stream(self, ring):
        """The packets of all files of a ring's stream."""
        names = [
            n
            for n in os.listdir(os.path.join(self.path, "ctf"))
            if re.fullmatch(rf"stream-{ring}(\.\d+)?", n)
        ]
        for name in sorted(names, key=lambda n: int((n.split(".") + ["0"])[1])):
            path = os.path.join(self.path, "ctf", name)
            size, at = os.path.getsize(path), 0
            with open(path, "rb") as file:
                while at < size:
                    file.seek(at)
                    head = file.read(PACKET.size)
                    content = PACKET.unpack(head)[5] // 8
                    packet, extent = self.packet(
                        head + file.read(content - PACKET.size), size - at
                    )
                    assert extent >= content and at + extent <= size, (extent, content, at, size)
                    yield packet
                    at += extent
                assert at == size

    def ring(self, number):
        """The ring's packets that are not done with, in order."""
        data = read(self.path, f"ring-{number}")
        if len(data) < RING.size:
            return []
        magic, version, n, packet_bytes, count, _, appended, _, _ = RING.unpack_from(data)
        if magic == 0:
            return []
        assert (magic, version, n) == (RING_MAGIC, 1, number)
        packets = []
        for place in range(count):
            at = RING_HEAD + place * packet_bytes
            if struct.unpack_from("=Q", data, at + 40)[0] == 0:
                continue
            packet, _ = self.packet(data[at : at + packet_bytes], packet_bytes)
            assert packet.sequence % count == place
            if packet.sequence >= appended:
                packets.append(packet)
        return sorted(packets)

    def rings(self):
        numbers = [int(n[5:]) for n in os.listdir(self.path) if re.fullmatch(r"ring-\d+", n)]
        return sorted(numbers)

    def packets(self):
        """All packets: the streams' and the rings' newer ones."""
        for number in self.rings():
            kept = collections.OrderedDict((p.sequence, p) for p in self.stream(number))
            for packet in self.ring(number):
                known = kept.get(packet.sequence)
                if packet.records and (not known or len(packet.records) >= len(known.records)):
                    kept[packet.sequence] = packet
            yield from kept.values()

    def records(self):
        for packet in self.packets():
            for record in packet.records:
                yield packet.tid, record


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def processes(directory):
    return [
        Process(os.path.join(directory, name))
        for name in sorted(os.listdir(directory))
        if os.path.exists(os.path.join(directory, name, "process"))
    ]


def babeltrace(directory, *arguments):
    """The lines that babeltrace2 prints; it must have nothing to complain about."""
    done = subprocess.run(
        ["babeltrace2", "--clock-cycles", *arguments, directory], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines(), done.stderr
