"""The state of a record: what the commits on it add up to, in whatever order they came.

The one law: a value is live unless some write named its dot.
"""

import hashlib
from collections import namedtuple

from commit import ID, INT, LATEST, NULL, ONCE, cell_of, dot_of
from wire import counted, fixed, varint, zigzag

LIFE, SPACE, ERASED = 1, 2, 3                           # the fields of every kind
COMMONS = bytes.fromhex("00000000000070008000000000000001")
ORGANIZERS = bytes.fromhex("00000000000070008000000000000002")
EVERYTHING = bytes(16)
DELETED_VALUE = (INT, zigzag(0))

Live = namedtuple("Live", "dot stamp effective author rule removes type value")


class Cell:
    """The live writes of a cell, by dot; the dots that some write named, and what is known of their writes."""

    def __init__(self):
        self.live = {}
        self.dead = set()
        self.past = {}

    def kill(self, dot):
        """A write named this dot, which may not have arrived."""
        self.dead.add(dot)
        if dot in self.live and self.live[dot].rule != ONCE:
            self.past[dot] = self.live.pop(dot)

    def add(self, write):
        """A write arrived, perhaps again."""
        known = self.live.get(write.dot)
        if known:
            self.live[write.dot] = known._replace(effective=min(known.effective, write.effective))
        elif write.rule == ONCE or write.dot not in self.dead:
            self.live[write.dot] = write
        else:
            self.past[write.dot] = write

    def withdraw(self, dot, overwritten):
        """Take a write back that was refused, and that it named others."""
        self.live.pop(dot, None)
        self.dead.difference_update(overwritten)

    def has_once(self):
        return any(write.rule == ONCE for write in self.live.values())

    def falling(self):
        """The live writes, the greatest (effective, dot) first."""
        return sorted(self.live.values(), key=lambda write: (write.effective, write.dot), reverse=True)


class Record:
    """A record: a kind, an id, and cells."""

    def __init__(self, kind, id):
        self.kind, self.id = kind, id
        self.cells = {}

    # --- Learning

    def apply(self, commit):
        """Learn a commit: any number of times, in any order, with any holes."""
        erasing = [write for write in commit.writes if write.field == ERASED]
        if erasing:
            self.keep_erasure_only()
            self.cell(cell_of(erasing[0])).add(live_write(commit, erasing[0]))
        elif not self.is_erased():
            for write in commit.writes:
                cell = self.cell(cell_of(write))
                for dot in write.overwrites:
                    cell.kill(dot)
                cell.add(live_write(commit, write))

    def merge(self, other):
        """Learn all that another replica of the record knows."""
        if other.is_erased():
            self.keep_erasure_only()
        erased = self.is_erased()
        for name, cell in other.cells.items():
            if erased and name[0] != ERASED:
                continue
            mine = self.cell(name)
            for dot in cell.dead:
                mine.kill(dot)
            for write in [*cell.past.values(), *cell.live.values()]:
                mine.add(write)

    def withdraw(self, commits):
        """Take back what was refused: nobody else has it."""
        refused = {dot_of(commit) for commit in commits}
        for commit in commits:
            for write in commit.writes:
                self.cell(cell_of(write)).withdraw(dot_of(commit), write.overwrites)
        for cell in self.cells.values():
            past, cell.past = cell.past, {}
            for dot in sorted(set(past) - refused):
                cell.add(past[dot])
        self.cells = {name: cell for name, cell in self.cells.items() if cell.live or cell.dead}

    def cell(self, name):
        return self.cells.setdefault(name, Cell())

    def keep_erasure_only(self):
        self.cells = {name: cell for name, cell in self.cells.items() if name[0] == ERASED}

    # --- Reading

    def is_erased(self):
        return any(cell.live for name, cell in self.cells.items() if name[0] == ERASED)

    def live(self, name):
        """The live writes of a cell, in order of dots."""
        cell = self.cells.get(name)
        return [cell.live[dot] for dot in sorted(cell.live)] if cell else []

    def all_live(self):
        """Pairs of a cell's name and a live write of it, in order of cells and dots."""
        return [(name, write) for name in sorted(self.cells) for write in self.live(name)]

    def winner(self, name):
        """The live write of a cell that is shown, or None."""
        cell = self.cells.get(name)
        if not cell or not cell.live:
            return None
        if name[0] == SPACE:
            return max(cell.live.values(), key=lambda write: (write.stamp, write.dot))
        return cell.falling()[-1 if cell.has_once() else 0]

    def value(self, field):
        """The (type, bytes) of a field's winner, or None."""
        write = self.winner((field,))
        return (write.type, write.value) if write and write.type != NULL else None

    def is_present(self, name):
        """Whether an element is in its set."""
        return any(not write.removes for write in self.live(name))

    def conflict(self, name):
        """The live writes of different values that wait for a person, the winner first; else none."""
        winner = self.winner(name)
        if winner is None or len(name) > 1 or self.cells[name].has_once():
            return []
        if winner.rule == LATEST and name[0] != SPACE:
            return []
        shown = {}
        for write in [winner] + self.cells[name].falling():
            shown.setdefault((write.type, write.value), write)
        return list(shown.values()) if len(shown) > 1 else []

    def life(self):
        """alive, deleted, deletedWhileEdited or erased."""
        if self.is_erased():
            return "erased"
        lives = self.live((LIFE,))
        if not lives or any((write.type, write.value) != DELETED_VALUE for write in lives):
            return "alive"
        covered = self.cells[(LIFE,)].dead
        others = [write for name, write in self.all_live() if name != (LIFE,)]
        return "deleted" if all(write.dot in covered for write in others) else "deletedWhileEdited"

    def space(self):
        """Where the record lives. Nothing heard of that: with the organizers."""
        value = self.value(SPACE)
        return value[1] if value and value[0] == ID else ORGANIZERS

    def number(self):
        """The record's fingerprint."""
        hashed = fixed(self.kind, 4) + self.id
        for name in sorted(self.cells):
            writes = self.live(name)
            if writes:
                hashed += varint(name[0]) + varint(len(writes))
                for write in writes:
                    hashed += write.dot[0] + varint(write.dot[1]) + varint(2 * write.rule + write.removes)
                    hashed += varint(write.type) + counted(write.value)
        return int.from_bytes(hashlib.sha256(hashed).digest()[:16], "big")


def live_write(commit, write):
    """What a cell remembers of a write."""
    return Live(dot_of(commit), commit.stamp, commit.effective, commit.author, write.rule, write.removes,
                write.type, write.value)


def state_of(kind, id, commits):
    """The record that some commits add up to."""
    record = Record(kind, id)
    for commit in commits:
        record.apply(commit)
    return record


def fingerprints(records):
    """The fingerprint of each space that has records: 16 bytes by space."""
    sums = {}
    for record in records:
        space = record.space()
        sums[space] = (sums.get(space, 0) + record.number()) % 2**128
    return {space: fixed(total, 16) for space, total in sums.items()}


def fingerprint(records):
    """All spaces' fingerprints as one, which the hub sends with an answer."""
    by_space = fingerprints(records)
    hashed = b"fbf1" + b"".join(space + by_space[space] for space in sorted(by_space))
    return hashlib.sha256(hashed).digest()[:16]
