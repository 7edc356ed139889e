"""A notebook in a file of JSON. It is written whole, beside the old one, and then takes its place."""

import json
import os

import chain
from json_form import dot_bytes, dot_text, entry_json, read_entry
from merge import Cell, Live, Record
from notebook import Hub, Notebook, Own, Refusal

PLAIN = ("last_stamp", "acknowledged", "ever_acknowledged", "refusals_seen", "lost_since",
         "refused_gifts")


def save(notebook, path):
    """Store all of it, or nothing."""
    beside = str(path) + ".new"
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(to_json(notebook), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def load(path, **outside):
    """The notebook of a file. `outside` is its time and chance, if they are not the machine's."""
    with open(path) as file:
        return from_json(json.load(file), Notebook(**outside))


def to_json(notebook):
    out = {name: getattr(notebook, name) for name in PLAIN}
    return out | {
        "member": notebook.member.hex(), "private": notebook.private.hex(),
        "next_private": notebook.next_private.hex() if notebook.next_private else None,
        "earlier": [[private.hex(), log_json(log)] for private, log in notebook.earlier],
        "log": log_json(notebook.log),
        "secrets": [[first, secret.hex()] for first, secret in notebook.secrets],
        "hub": hub_json(notebook.hub), "cursor": cursor_json(notebook.cursor),
        "wanted": [[kind, id.hex()] for kind, id in sorted(notebook.wanted)],
        "given_back": sorted(notebook.given_back),
        "refusals": [[device.hex(), *rest] for device, *rest in notebook.refusals],
        "records": [record_json(record) for record in notebook.records.values()]}


def from_json(json, notebook):
    for name in PLAIN:
        setattr(notebook, name, json[name])
    notebook.member, notebook.private = bytes.fromhex(json["member"]), bytes.fromhex(json["private"])
    notebook.device = chain.device_of_private(notebook.private)
    notebook.next_private = bytes.fromhex(json["next_private"]) if json["next_private"] else None
    notebook.earlier = [(bytes.fromhex(private), read_log(log)) for private, log in json["earlier"]]
    notebook.log = read_log(json["log"])
    notebook.secrets = [(first, bytes.fromhex(secret)) for first, secret in json["secrets"]]
    notebook.hub, notebook.cursor = read_hub(json["hub"]), read_cursor(json["cursor"])
    notebook.wanted = {(kind, bytes.fromhex(id)) for kind, id in json["wanted"]}
    notebook.given_back = set(json["given_back"])
    notebook.refusals = [Refusal(bytes.fromhex(device), *rest) for device, *rest in json["refusals"]]
    notebook.records = {(record.kind, record.id): record for record in map(read_record, json["records"])}
    return notebook


def log_json(log):
    return [entry_json(own.commit) for own in log]


def read_log(entries):
    """The log, with its digests and its chain made anew."""
    log, hash = [], chain.ZERO
    for commit in map(read_entry, entries):
        digest = chain.digest_of(commit)
        hash = chain.link(hash, digest)
        log.append(Own(commit, digest, hash))
    return log


def hub_json(hub):
    if hub is None:
        return None
    return {"address": hub.address, "key": hub.key.hex(), "congregation": hub.congregation.hex(), "roles": hub.roles,
            "limits": hub.limits, "nonce": hub.nonce}


def read_hub(json):
    if json is None:
        return None
    hub = Hub(json["address"], bytes.fromhex(json["key"]), bytes.fromhex(json["congregation"]), json["roles"],
              json["limits"])
    hub.nonce = json["nonce"]
    return hub


def cursor_json(cursor):
    if cursor is None:
        return None
    return cursor | {"hub": cursor["hub"].hex(), "epoch": cursor["epoch"].hex(),
                     "positions": [[position["space"].hex(), position["seq"]] for position in cursor["positions"]]}


def read_cursor(json):
    if json is None:
        return None
    return json | {"hub": bytes.fromhex(json["hub"]), "epoch": bytes.fromhex(json["epoch"]),
                   "positions": [{"space": bytes.fromhex(space), "seq": seq} for space, seq in json["positions"]]}


def record_json(record):
    cells = [[[name[0]] + ([name[1], name[2].hex()] if len(name) > 1 else []),
              [live_json(write) for write in cell.live.values()], [dot_text(dot) for dot in sorted(cell.dead)],
              [live_json(write) for write in cell.past.values()]]
             for name, cell in sorted(record.cells.items())]
    return {"kind": record.kind, "id": record.id.hex(), "cells": cells}


def read_record(json):
    record = Record(json["kind"], bytes.fromhex(json["id"]))
    for name, live, dead, past in json["cells"]:
        cell = record.cells[tuple(name[:2]) + (bytes.fromhex(name[2]),) if len(name) > 1 else (name[0],)] = Cell()
        cell.live = {write.dot: write for write in map(read_live, live)}
        cell.dead = {dot_bytes(dot) for dot in dead}
        cell.past = {write.dot: write for write in map(read_live, past)}
    return record


def live_json(write):
    return list(write._replace(dot=dot_text(write.dot), author=write.author.hex(), value=write.value.hex()))


def read_live(json):
    live = Live(*json)
    return live._replace(dot=dot_bytes(live.dot), author=bytes.fromhex(live.author), value=bytes.fromhex(live.value))
