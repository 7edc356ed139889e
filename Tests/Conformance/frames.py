"""Frames: the few Protocol Buffers messages of the exchange, read and written by hand.

A message is a dictionary from names to values. Fields that are not there have their default: 0, b"", "", False,
None for a message, [] for a repeated field. Unknown fields are skipped.
"""

from wire import Reader, Refused, counted, demand, varint

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5            # wire types

# A field: number: (name, type, repeated, size). A type is uint, bool, fixed64, bytes, string, or a message's name.
# A size is that of bytes that must have it when they are there.

MESSAGES = {
    "Record": {1: ("kind", "uint", False, None), 2: ("id", "bytes", False, 16)},
    "Position": {1: ("space", "bytes", False, 16), 2: ("seq", "uint", False, None)},
    "Cursor": {
        1: ("hub", "bytes", False, 8), 2: ("epoch", "bytes", False, 8), 3: ("positions", "Position", True, None),
        4: ("mark", "fixed64", False, None), 5: ("seal", "fixed64", False, None)},
    "Secret": {1: ("first", "uint", False, None), 2: ("secret", "bytes", False, 32)},
    "Push": {
        1: ("previous", "bytes", False, 32), 2: ("block", "bytes", False, None), 3: ("secrets", "Secret", True, None),
        4: ("signature", "bytes", False, 64), 5: ("again", "bool", False, None)},
    "Point": {1: ("seq", "uint", False, None), 2: ("hash", "bytes", False, 32)},
    "Compare": {1: ("space", "bytes", False, 16), 2: ("buckets", "bytes", False, None)},
    "SyncRequest": {
        1: ("version", "uint", False, None), 2: ("cursor", "Cursor", False, None), 3: ("push", "Push", False, None),
        4: ("refusalsSeen", "uint", False, None), 5: ("wanted", "Record", True, None),
        6: ("points", "Point", True, None), 7: ("compare", "Compare", False, None),
        8: ("takesSnapshot", "bool", False, None), 9: ("snapshot", "uint", False, None)},
    "Refusal": {1: ("seq", "uint", False, None), 2: ("rule", "string", False, None)},
    "Lowered": {1: ("seq", "uint", False, None), 2: ("effective", "fixed64", False, None)},
    "Limits": {
        1: ("bodyBytes", "uint", False, None), 2: ("inflatedBytes", "uint", False, None),
        3: ("valueBytes", "uint", False, None), 4: ("blockCommits", "uint", False, None)},
    "Sum": {1: ("id", "bytes", False, None), 2: ("kind", "uint", False, None), 3: ("sum", "bytes", False, 16)},
    "SnapshotBlock": {
        1: ("hash", "bytes", False, 32), 2: ("bytes", "uint", False, None), 3: ("commits", "uint", False, None)},
    "Snapshot": {
        1: ("seq", "uint", False, None), 2: ("cursor", "Cursor", False, None),
        3: ("blocks", "SnapshotBlock", True, None)},
    "SyncAnswer": {
        1: ("version", "uint", False, None), 2: ("cursor", "Cursor", False, None),
        3: ("acknowledged", "uint", False, None), 4: ("chain", "bytes", False, 32),
        5: ("refused", "Refusal", True, None), 6: ("lowered", "Lowered", True, None),
        7: ("block", "bytes", False, None), 8: ("leave", "Record", True, None), 9: ("enter", "Record", True, None),
        10: ("more", "bool", False, None), 11: ("roles", "string", True, None), 12: ("limits", "Limits", False, None),
        13: ("common", "uint", False, None), 14: ("fingerprint", "bytes", False, 16), 15: ("sums", "Sum", True, None),
        16: ("unknown", "Record", True, None), 17: ("snapshot", "Snapshot", False, None)},
    "EnrolRequest": {
        1: ("version", "uint", False, None), 2: ("code", "bytes", False, 16), 3: ("publicKey", "bytes", False, 32),
        4: ("member", "bytes", False, 16), 7: ("predecessors", "Predecessor", True, None),
        8: ("used", "bool", False, None)},
    "Predecessor": {1: ("publicKey", "bytes", False, 32), 2: ("consent", "bytes", False, 64)},
    "EnrolAnswer": {
        1: ("version", "uint", False, None), 2: ("hub", "bytes", False, 8), 3: ("epoch", "bytes", False, 8),
        4: ("congregation", "bytes", False, 16), 5: ("congregationName", "string", False, None),
        6: ("name", "string", False, None), 7: ("person", "bytes", False, 16), 8: ("roles", "string", True, None),
        9: ("scope", "bytes", True, 16), 10: ("limits", "Limits", False, None)},
}

DEFAULTS = {"uint": 0, "bool": False, "fixed64": 0, "bytes": b"", "string": ""}
WIRE_TYPES = {"uint": VARINT, "bool": VARINT, "fixed64": FIXED64}


def encode_frame(message, values):
    """The bytes of a message: its fields in ascending order, defaults left out."""
    out = b""
    for number, (name, type, repeated, _) in sorted(MESSAGES[message].items()):
        value = values.get(name)
        for item in (value or []) if repeated else [value]:
            if repeated or (item is not None and item != DEFAULTS.get(type)):
                out += varint(number << 3 | WIRE_TYPES.get(type, BYTES)) + encode_item(type, item)
    return out


def encode_item(type, item):
    """One value of a field."""
    if type in ("uint", "bool"):
        return varint(int(item))
    if type == "fixed64":
        return item.to_bytes(8, "little")
    if type == "bytes":
        return counted(item)
    if type == "string":
        return counted(item.encode())
    return counted(encode_frame(type, item))


def decode_frame(message, data):
    """The fields of a message, defaults filled in. Refuses another version and bytes of a wrong size."""
    fields = MESSAGES[message]
    values = {name: [] if repeated else DEFAULTS.get(type) for name, type, repeated, _ in fields.values()}
    reader = Reader(data, canonical=False)
    while not reader.is_at_end():
        tag = reader.varint(2**32, "a tag")
        number, wire_type = tag >> 3, tag & 7
        demand(number > 0, "a field has the number 0")
        raw = read_raw(reader, wire_type)
        if number in fields:
            name, type, repeated, size = fields[number]
            demand(wire_type == WIRE_TYPES.get(type, BYTES), name + " has another wire type")
            item = decode_item(type, raw, size)
            if repeated:
                values[name].append(item)
            else:
                values[name] = item
    check(message, values)
    return values


def read_raw(reader, wire_type):
    """A field's value as it travels."""
    if wire_type == VARINT:
        return reader.varint()
    if wire_type == BYTES:
        return reader.counted()
    demand(wire_type in (FIXED64, FIXED32), "an unknown wire type")
    return int.from_bytes(reader.take(8 if wire_type == FIXED64 else 4), "little")


def decode_item(type, raw, size):
    """One value of a field."""
    if type == "bool":
        return raw != 0
    if type in ("uint", "fixed64"):
        return raw
    if type == "bytes":
        demand(size is None or len(raw) in (0, size), "bytes have a wrong size")
        return raw
    if type == "string":
        try:
            return raw.decode()
        except UnicodeDecodeError:
            raise Refused("a string is not UTF-8")
    return decode_frame(type, raw)


def check(message, values):
    """What a message says beyond the form of its fields."""
    if "version" in values:
        demand(values["version"] == 1, "a frame of another version", "version")
    for name in REQUIRED.get(message, ()):
        demand(values[name] != b"", name + " is missing")


REQUIRED = {
    "Record": ("id",), "Position": ("space",), "Cursor": ("hub", "epoch"), "Secret": ("secret",),
    "Push": ("previous", "block", "signature"), "Point": ("hash",), "Sum": ("id", "sum"), "SyncAnswer": ("chain",),
    "SnapshotBlock": ("hash",),
    "EnrolRequest": ("publicKey", "member"), "EnrolAnswer": ("hub", "epoch", "congregation"),
}
