"""Commits, stubs and field writes, and the payload that holds a commit's writes.

A device, an id, a salt and a digest are bytes. A dot is a pair (device, seq): Python compares pairs as the
protocol compares dots.
"""

from collections import namedtuple

from wire import Reader, Refused, counted, demand, fixed, varint

KEEP, LATEST, SET, ONCE = 0, 1, 2, 3                    # merge rules
NULL, TEXT, INT, DAY, ID = 0, 1, 2, 3, 4                # value types

MOST_WRITES = 1024
MOST_DOTS = 8192
MOST_VALUE_BYTES = 65536
SEQ_LIMIT = 2**48
NUMBER_LIMIT = 2**31                                    # of kinds, fields, types and doubled rules

Write = namedtuple("Write", "field rule removes type value overwrites")
Commit = namedtuple("Commit", "device seq stamp effective author kind record transaction writes salt")
Stub = namedtuple("Stub", "device seq digest")


def dot_of(entry):
    """The name of a commit."""
    return (entry.device, entry.seq)


def cell_of(write):
    """The name of the cell that a write is for: (field,), or (field, element's type, element's bytes).

    Python's order of such tuples is the protocol's order of cells.
    """
    return (write.field, write.type, write.value) if write.rule == SET else (write.field,)


def flags_of(write):
    """The rule, doubled, and one more if the write removes."""
    return 2 * write.rule + (1 if write.removes else 0)


def encode_payload(writes):
    """The one encoding of a commit's field writes."""
    out = varint(len(writes))
    for write in writes:
        out += varint(write.field) + varint(flags_of(write)) + varint(write.type) + counted(write.value)
        out += varint(len(write.overwrites))
        for device, seq in write.overwrites:
            out += device + varint(seq)
    return out


def decode_payload(payload):
    """The writes of a payload. Refuses what is not canonical."""
    reader = Reader(payload)
    count = reader.varint(MOST_WRITES + 1, "the count of writes")
    writes = [read_write(reader) for _ in range(count)]
    reader.end("the payload")
    check_writes(writes)
    return writes


def read_write(reader):
    """One field write of a payload."""
    field = reader.varint(NUMBER_LIMIT, "a field")
    flags = reader.varint(NUMBER_LIMIT, "a rule")
    type = reader.varint(NUMBER_LIMIT, "a value type")
    value = reader.take(reader.varint(MOST_VALUE_BYTES + 1, "a value"))
    dots = reader.varint(MOST_DOTS + 1, "the count of overwritten dots")
    overwrites = tuple((reader.take(8), reader.varint(SEQ_LIMIT, "a seq")) for _ in range(dots))
    return Write(field, flags >> 1, flags & 1 == 1, type, value, overwrites)


def check_writes(writes):
    """Refuse writes that no payload may hold."""
    demand(len(writes) > 0, "a commit says something")
    demand(len(writes) <= MOST_WRITES, "too many writes", "limit")
    for write in writes:
        check_write(write)
    cells = [cell_of(write) for write in writes]
    demand(ascends(cells), "cells do not ascend")


def check_write(write):
    """Refuse a write that no payload may hold."""
    demand(write.rule == SET or not write.removes, "only the rule set removes")
    demand(write.rule != ONCE or not write.overwrites, "the rule once names no dots")
    demand(len(write.overwrites) <= MOST_DOTS, "too many dots", "limit")
    demand(all(0 < seq < SEQ_LIMIT for _, seq in write.overwrites), "a seq is out of range")
    demand(ascends(write.overwrites), "dots do not ascend")
    check_value(write.type, write.value)


def check_value(type, value):
    """Refuse a value whose bytes are not as its type says. Unknown types hold any bytes."""
    demand(len(value) <= MOST_VALUE_BYTES, "a value is too long", "limit")
    if type == NULL:
        demand(value == b"", "null has no bytes")
    elif type == TEXT:
        demand(is_text(value), "text is UTF-8 without U+0000")
    elif type in (INT, DAY):
        reader = Reader(value)
        reader.zigzag()
        reader.end("the number")
    elif type == ID:
        demand(len(value) == 16, "an id has 16 bytes")


def is_text(value):
    try:
        return "\0" not in value.decode("utf-8")
    except UnicodeDecodeError:
        return False


def ascends(items):
    """Whether each item is greater than the one before."""
    return all(a < b for a, b in zip(items, items[1:]))


def header_of(commit, payload_digest):
    """The 104 bytes that are hashed to a commit's digest."""
    return (b"fbc1" + commit.device + fixed(commit.seq, 8) + fixed(commit.stamp, 8) + commit.author
            + fixed(commit.kind, 4) + commit.record + fixed(commit.transaction, 8) + payload_digest)
