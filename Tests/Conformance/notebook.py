"""A notebook: what a device keeps. Its key, its own log, its place at the hub, and every record's cells.

It lives in memory; notebook_file.py keeps it in a file. Time and chance come from outside, so that a test can
repeat everything.
"""

import os
import time
from collections import namedtuple

import chain
import kinds
from commit import NULL, SET, Commit, cell_of, check_writes, dot_of
from kinds import MEMBER
from merge import COMMONS, EVERYTHING, SPACE, Record, fingerprint, fingerprints
from wire import fixed

Own = namedtuple("Own", "commit digest chain")          # an entry of the own log, with the chain's hash after it
Refusal = namedtuple("Refusal", "device seq rule was_let_in is_settled")
Change = namedtuple("Change", "kind id writes")         # what an act does to one record


class Hub:
    """What a device knows of its hub."""

    def __init__(self, address, key, congregation, roles, limits):
        self.address, self.key, self.congregation = address, key, congregation
        self.roles, self.limits = roles, limits
        self.nonce = ""


class Notebook:
    """What a device keeps, and how it makes commits."""

    def __init__(self, name=None, now=lambda: int(time.time() * 1000), random=os.urandom):
        self.now, self.random = now, random
        self.member = self.new_id()
        self.earlier = []                               # (private key, log) before this one, oldest first
        self.next_private = None                        # the key that will come in the place of this one
        self.last_stamp = 0
        self.hub, self.cursor = None, None
        self.wanted = set()                             # (kind, id)
        self.refusals = []                              # for the person to see
        self.given_back = set()                         # own seqs that say again what the hub has lost
        self.lost_since = None                          # when it was first seen that the hub has lost something
        self.refused_gifts = 0                          # how often it has refused what was given back
        self.records = {}                               # (kind, id): Record
        self.begin_key(random(32))
        if name is not None:
            self.write(MEMBER, self.member, space=COMMONS, name=name)

    def begin_key(self, private):
        """An empty log under a key."""
        self.private = private
        self.device = chain.device_of_private(private)
        self.log = []
        self.secrets = [(1, self.random(32))]           # (the first seq it serves, secret)
        self.acknowledged = 0                           # the last own seq that the hub has
        self.ever_acknowledged = 0                      # the greatest that it ever had
        self.refusals_seen = 0

    def new_id(self):
        """A UUIDv7."""
        random = self.random(10)
        return (fixed(self.now(), 6) + bytes([0x70 | random[0] & 15, random[1], 0x80 | random[2] & 63]) + random[3:])

    # --- The own log

    def last_seq(self):
        return len(self.log)

    def chain_at(self, seq):
        """The hash of the own chain there, or None above its end."""
        if seq == 0:
            return chain.ZERO
        return self.log[seq - 1].chain if seq <= len(self.log) else None

    def append(self, commit):
        """A new own commit, with the salt that its secret makes."""
        salt = chain.salt_of(chain.secret_for(self.secrets, commit.seq), commit.device, commit.seq)
        commit = commit._replace(salt=salt)
        digest = chain.digest_of(commit)
        self.log.append(Own(commit, digest, chain.link(self.chain_at(self.last_seq()), digest)))
        return commit

    def lower(self, seq, effective):
        """The hub shows an own commit at a smaller stamp."""
        own = self.log[seq - 1]
        commit = own.commit._replace(effective=min(own.commit.effective, effective))
        self.log[seq - 1] = own._replace(commit=commit)
        record = self.records.get((commit.kind, commit.record))
        for cell in record.cells.values() if record else ():
            if dot_of(commit) in cell.live:
                live = cell.live[dot_of(commit)]
                cell.live[live.dot] = live._replace(effective=min(live.effective, effective))

    def unsent(self, record=None):
        """The own commits above acknowledged: all, or those on a record."""
        return [own.commit for own in self.log[self.acknowledged:]
                if record is None or (own.commit.kind, own.commit.record) == record]

    def begin_secret(self):
        """What was revealed makes no later salt."""
        first = self.last_seq() + 1
        self.secrets = [pair for pair in self.secrets if pair[0] < first] + [(first, self.random(32))]

    # --- Making commits

    def next_stamp(self):
        self.last_stamp = max(self.now() << 16, self.last_stamp + 1)
        return self.last_stamp

    def observe(self, effective):
        self.last_stamp = max(self.last_stamp, effective)

    def record(self, kind, id):
        """The record, made if it is not there."""
        return self.records.setdefault((kind, id), Record(kind, id))

    def unsettled(self, name, of_lost):
        """The own commits on a record that were refused, for something lost or not; of all keys it has had."""
        return [commit for commit, refusal in self.refused() if (commit.kind, commit.record) == name
                and not refusal.is_settled and self.is_of_lost(commit, refusal) == of_lost]

    def settle(self, name, with_lost):
        """What was refused of a record has been taken back, or given back."""
        for commit, refusal in self.refused():
            if (commit.kind, commit.record) == name and (with_lost or not self.is_of_lost(commit, refusal)):
                self.refusals[self.refusals.index(refusal)] = refusal._replace(is_settled=True)

    def refused(self):
        """Pairs of an own commit and its refusal, in the order of the chain."""
        logs = {chain.device_of_private(private): log for private, log in self.earlier} | {self.device: self.log}
        return [(logs[refusal.device][refusal.seq - 1].commit, refusal) for refusal in sorted(self.refusals)]

    def is_of_lost(self, commit, refusal):
        """Whether it was refused for what the hub had once: itself, or what it is written upon."""
        rule = refusal.rule
        if rule == "erased":
            return False
        if refusal.was_let_in or rule == "dots":
            return True
        own = [pair for pair in self.refused() if pair[0].device == commit.device]
        if rule == "act":
            return any(other.rule != "act" and self.is_of_lost(mate, other) for mate, other in own
                       if mate.transaction == commit.transaction)
        if rule == "person":
            people = [write.value for write in commit.writes if write.field == kinds.PERSON_FIELDS.get(commit.kind)]
            return bool(people) and all((kinds.PERSON, id) in self.records for id in people)
        if rule != "unknown-record":
            return False
        makers = [pair for pair in self.refused() if (pair[0].kind, pair[0].record) == (commit.kind, commit.record)
                  and makes_record(pair[0])]
        return not makers or any(
            (maker.device != commit.device or maker.transaction < commit.transaction) and self.is_of_lost(maker, other)
            for maker, other in makers)

    def is_made_about_erased(self, name):
        """Whether the record was made about somebody whom others had erased: nothing is left of it."""
        own = [pair for pair in self.refused() if (pair[0].kind, pair[0].record) == name]
        acts = {(commit.device, commit.transaction) for commit, refusal in own
                if refusal.rule == "erased" and not refusal.is_settled}
        return any(makes_record(commit) and (commit.device, commit.transaction) in acts for commit, _ in own)

    def act(self, changes):
        """One act: for each change of a record that changes something, a commit. A record is changed once."""
        commits = [(change, self.overwriting(change)) for change in changes]
        self.append_commits([(change.kind, change.id, writes) for change, writes in commits if writes])

    def append_act(self, commits, kind, id, moved_at):
        """One act of commits on one record, whose writes overwrite what they say and nothing else."""
        self.append_commits([(kind, id, writes) for writes in commits], moved_at)

    def append_commits(self, commits, moved_at=()):
        """What only moves keeps the stamp with which it was moved there, if there is one."""
        end = self.last_seq() + len(commits)
        for kind, id, writes in commits:
            is_move = writes and all(write.field == SPACE for write in writes)
            stamp = moved_at[writes[0].value] if is_move and writes[0].value in moved_at else self.next_stamp()
            commit = Commit(self.device, self.last_seq() + 1, stamp, stamp, self.member, kind, id, end, tuple(writes),
                            None)
            self.record(kind, id).apply(self.append(commit))

    def overwriting(self, change):
        """The writes of a change that change something, each with the live dots of its cell, in order of cells."""
        record = self.records.get((change.kind, change.id)) or Record(change.kind, change.id)
        writes = []
        for write in change.writes:
            live = record.live(cell_of(write))
            if write.overwrites or changes_something(write, live):
                dots = write.overwrites or tuple(other.dot for other in live)
                writes.append(write._replace(overwrites=dots))
        writes.sort(key=cell_of)
        if writes:
            check_writes(writes)
        return writes

    def write(self, kind, id, **values):
        """One commit on one record, by the names of its fields. A new record needs its space."""
        self.act([self.change(kind, id, **values)])

    def change(self, kind, id, **values):
        """A change by the names of fields. Of a set: (element, is in)."""
        writes = []
        for name, value in values.items():
            if kinds.field(kind, name)[1] == SET:
                writes += [kinds.make_write(kind, name, element, not present) for element, present in value]
            else:
                writes.append(kinds.make_write(kind, name, value))
        return Change(kind, id, writes)

    def delete(self, kind, id):
        """A delete overwrites the dots of all live writes of the record."""
        dots = tuple(sorted({write.dot for _, write in self.records[(kind, id)].all_live()}))
        self.act([Change(kind, id, [kinds.make_write(kind, "life", 0)._replace(overwrites=dots)])])

    def restore(self, kind, id):
        self.write(kind, id, life=1)

    def move(self, kind, id, space):
        """A move, if the record does not live there, or if two moved it apart."""
        self.write(kind, id, space=space)

    # --- What it holds

    def fingerprints(self):
        return fingerprints(self.records.values())

    def read_records(self):
        """The records that live in the cursor's spaces. An erased one may be here and live elsewhere."""
        spaces = spaces_of(self.cursor)
        return {name: record for name, record in self.records.items()
                if EVERYTHING in spaces or record.space() in spaces}

    def fingerprint(self):
        """What the hub's fingerprint is compared with."""
        return fingerprint(self.read_records().values())


def makes_record(commit):
    return any(write.field == SPACE and not write.overwrites for write in commit.writes)


def spaces_of(cursor):
    """The scope: the spaces that a cursor names."""
    return [position["space"] for position in cursor["positions"]] if cursor else []


def changes_something(write, live):
    """Whether a write says other than what is live."""
    if not live:
        return write.type != NULL and not write.removes
    return any((other.type, other.value, other.removes) != (write.type, write.value, write.removes) for other in live)
