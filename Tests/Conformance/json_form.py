"""How the vectors write things as JSON, in both directions."""

import uuid

import frames
from block import decode_block, encode_block
from commit import DAY, ID, INT, SET, TEXT, Commit, Stub, Write, cell_of
from wire import Reader, fixed

RULES = ["keep", "latest", "set", "once"]
TYPES = ["null", "text", "int", "day", "id"]

UUIDS = {("Record", "id"), ("Position", "space"), ("Compare", "space"), ("Sum", "id"), ("EnrolRequest", "member"),
         ("EnrolAnswer", "congregation"), ("EnrolAnswer", "person"), ("EnrolAnswer", "scope")}


def name_of(names, number):
    """The name of a rule or type, or else its number, as text."""
    return names[number] if number < len(names) else str(number)


def number_of(names, name):
    return names.index(name) if name in names else int(name)


def id_text(data):
    return str(uuid.UUID(bytes=data))


def id_bytes(text):
    return uuid.UUID(text).bytes


def dot_text(dot):
    return f"{dot[0].hex()}:{dot[1]}"


def dot_bytes(text):
    device, seq = text.split(":")
    return bytes.fromhex(device), int(seq)


def stamp_text(stamp):
    return fixed(stamp, 8).hex()


# --- Entries

def value_json(type, value):
    out = {"type": name_of(TYPES, type), "bytes": value.hex()}
    if type == TEXT:
        out["reads"] = value.decode()
    if type in (INT, DAY):
        out["reads"] = str(Reader(value).zigzag())
    if type == ID:
        out["reads"] = id_text(value)
    return out


def write_json(write):
    out = {"field": write.field, "rule": name_of(RULES, write.rule), "value": value_json(write.type, write.value)}
    if write.rule == SET:
        out["removes"] = write.removes
    if write.overwrites:
        out["overwrites"] = [dot_text(dot) for dot in write.overwrites]
    return out


def read_write(json):
    return Write(json["field"], number_of(RULES, json["rule"]), json.get("removes", False),
                 number_of(TYPES, json["value"]["type"]), bytes.fromhex(json["value"]["bytes"]),
                 tuple(dot_bytes(dot) for dot in json.get("overwrites", [])))


def commit_cell(json):
    """The name of the cell that a write is for."""
    return cell_of(read_write(json))


def entry_json(entry):
    out = {"device": entry.device.hex(), "seq": entry.seq}
    if isinstance(entry, Stub):
        return out | {"digest": entry.digest.hex()}
    if entry.salt:
        out["salt"] = entry.salt.hex()
    return out | {
        "stamp": stamp_text(entry.stamp), "effective": stamp_text(entry.effective), "author": id_text(entry.author),
        "kind": entry.kind, "record": id_text(entry.record), "transaction": entry.transaction,
        "writes": [write_json(write) for write in entry.writes]}


def read_entry(json):
    device, seq = bytes.fromhex(json["device"]), json["seq"]
    if "writes" not in json:
        return Stub(device, seq, bytes.fromhex(json["digest"]))
    salt = bytes.fromhex(json["salt"]) if "salt" in json else None
    return Commit(device, seq, int(json["stamp"], 16), int(json["effective"], 16), id_bytes(json["author"]),
                  json["kind"], id_bytes(json["record"]), json["transaction"],
                  tuple(read_write(write) for write in json["writes"]), salt)


# --- Records

def cell_json(record, name):
    """What a cell reads: live and dead dots, winner, conflict."""
    winner = record.winner(name)
    out = {"field": name[0], "live": [dot_text(write.dot) for write in record.live(name)],
           "dead": [dot_text(dot) for dot in sorted(record.cells[name].dead)],
           "conflict": [dot_text(write.dot) for write in record.conflict(name)]}
    if winner:
        out["winner"] = dot_text(winner.dot)
    if len(name) > 1:
        out["element"] = value_json(name[1], name[2])
        out["present"] = record.is_present(name)
    return out


def record_json(record):
    return {"cells": [cell_json(record, name) for name in sorted(record.cells)], "life": record.life(),
            "fingerprint": fixed(record.number(), 16).hex()}


# --- Frames

def frame_json(message, values):
    """A frame's fields. What has its default is left out."""
    out = {}
    for name, type, repeated, _ in frames.MESSAGES[message].values():
        value = values.get(name)
        if value not in (None, 0, b"", "", []):
            out[name] = ([field_json(message, name, type, item) for item in value] if repeated
                         else field_json(message, name, type, value))
    return out


def field_json(message, name, type, value):
    if name == "block":
        return [entry_json(entry) for entry in decode_block(value)]
    if type == "bytes":
        return id_text(value) if (message, name) in UUIDS and len(value) == 16 else value.hex()
    if type == "fixed64":
        return stamp_text(value)
    return frame_json(type, value) if type in frames.MESSAGES else value


def read_frame(message, json):
    """The fields of a frame, from JSON."""
    out = {}
    for name, type, repeated, _ in frames.MESSAGES[message].values():
        if name in json and json[name] not in ([], ""):
            items = [read_field(message, name, type, item) for item in (json[name] if repeated else [json[name]])]
            out[name] = items if repeated else items[0]
    return out


def read_field(message, name, type, json):
    if name == "block":
        return encode_block([read_entry(entry) for entry in json])
    if type == "bytes":
        return bytes.fromhex(json.replace("-", ""))
    if type == "fixed64":
        return int(json, 16)
    return read_frame(type, json) if type in frames.MESSAGES else json
