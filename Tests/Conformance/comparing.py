"""Comparing with the hub: which records differ, and what is done about each."""

import kinds
from commit import Write
from merge import LIFE, SPACE, Record, fingerprints, state_of
from notebook import Change
from wire import fixed

PATIENCE = 7 * 24 * 3600 * 1000                         # milliseconds in which others may still bring what was lost


# --- Finding the records

def find(notebook, ask):
    """The records that differ. `ask` sends a Compare and returns the hub's sums, or None without a fingerprint."""
    differing, records = [], notebook.read_records()
    for space in differing_sums(ask({}), fingerprints(records.values())):
        here = {name: record for name, record in records.items() if record.space() == space}
        buckets = differing_sums(ask({"space": space}), sums_by(here, lambda kind, id: id[-1:]))
        if buckets:
            some = {name: record for name, record in here.items() if name[1][-1:] in buckets}
            sums = ask({"space": space, "buckets": b"".join(sorted(buckets))})
            differing += differing_sums(sums, sums_by(some, lambda kind, id: (kind, id)))
    return differing


def differing_sums(theirs, mine):
    """The names whose sums are not the same. A sum of 0 may be left out."""
    if theirs is None:
        return []
    zero = bytes(16)
    return [name for name in sorted(set(theirs) | set(mine)) if theirs.get(name, zero) != mine.get(name, zero)]


def sums_by(records, name_of):
    """Sums of the records' numbers."""
    sums = {}
    for (kind, id), record in records.items():
        name = name_of(kind, id)
        sums[name] = (sums.get(name, 0) + record.number()) % 2**128
    return {name: fixed(total, 16) for name, total in sums.items()}


def read_sums(answer):
    """The sums of an answer, by space, bucket, or record."""
    if not answer["fingerprint"]:
        return None
    return {(item["kind"], item["id"]) if item["kind"] else item["id"]: item["sum"] for item in answer["sums"]}


# --- Settling one record

def settle(notebook, name, commits):
    """A record that was wanted to be compared came: `commits` is all that the hub has of it."""
    theirs = state_of(*name, commits + notebook.unsent(name))
    mine = notebook.records.get(name) or Record(*name)
    if not is_beyond(mine, theirs):
        put(notebook, name, theirs)
        return
    if notebook.lost_since is None:
        notebook.lost_since = notebook.now()
    if notebook.now() - notebook.lost_since < PATIENCE:
        mine.merge(theirs)
        put(notebook, name, mine)
        return
    put(notebook, name, theirs)
    writes = restatement(notebook, mine, theirs, is_known=bool(commits))
    if writes:
        notebook.act([Change(*name, writes)])


def put(notebook, name, record):
    if record.cells:
        notebook.records[name] = record
    else:
        notebook.records.pop(name, None)


def is_beyond(mine, theirs):
    """Whether mine has something that theirs lacks."""
    if mine.is_erased():
        return not theirs.is_erased()
    if mine.life() == "deleted" and theirs.life() != "deleted":
        return True
    return any(beyond_values(mine, theirs, name) or beyond_dots(mine, theirs, name) for name in mine.cells)


def beyond_values(mine, theirs, name):
    """Live writes of a cell that theirs has never heard of, and whose values it does not say."""
    other = theirs.cells.get(name)
    said = {(write.type, write.value, write.removes) for write in theirs.live(name)}
    return [write for write in mine.live(name)
            if (write.type, write.value, write.removes) not in said
            and not (other and (write.dot in other.live or write.dot in other.dead))]


def beyond_dots(mine, theirs, name):
    """Dots that are live in theirs and dead in mine."""
    return tuple(write.dot for write in theirs.live(name) if write.dot in mine.cells[name].dead)


def restatement(notebook, mine, theirs, is_known):
    """The writes that say once more what mine has beyond theirs."""
    if mine.is_erased():
        return [kinds.make_write(mine.kind, "erased", 1)] if "admin" in notebook.hub.roles else []
    if mine.life() == "deleted":
        dead = mine.cells[(LIFE,)].dead
        dots = tuple(sorted({write.dot for _, write in theirs.all_live() if write.dot in dead}))
        return [kinds.make_write(mine.kind, "life", 0)._replace(overwrites=dots)]
    writes = []
    for name in sorted(mine.cells):
        if name[0] == SPACE and is_known and "organizer" not in notebook.hub.roles:
            continue
        values, dots = beyond_values(mine, theirs, name), beyond_dots(mine, theirs, name)
        winner = mine.winner(name)
        for write in values[:1] or ([winner] if dots and winner else []):
            writes.append(Write(name[0], write.rule, write.removes, write.type, write.value, dots))
    return writes
