"""What the files hold, read past the programs: commits, acts, records."""

import contextlib
import pathlib
import sqlite3

from congregation import require


@contextlib.contextmanager
def reading(path):
    """A connection that changes nothing, not even by folding a log in."""
    log = pathlib.Path(f"{path}-wal")
    is_folded = not log.exists() or log.stat().st_size == 0
    mode = "immutable=1" if is_folded else "mode=ro"
    with contextlib.closing(sqlite3.connect(f"file:{path}?{mode}", uri=True)) as db:
        yield db


class Held:
    """What a laptop's notebook holds at one moment."""

    def __init__(self, laptop):
        with reading(laptop.path) as db:
            meta = dict(db.execute("SELECT key, value FROM meta"))
            self.records = {id for (id,) in db.execute("SELECT id FROM record")}
            self.log = list(db.execute("SELECT seq, act FROM log ORDER BY seq"))
        self.device = int.from_bytes(meta["device"], signed=True)
        self.head = meta.get("headSeq", 0)
        self.acknowledged = meta.get("acknowledgedSeq", 0)

    def check(self, name):
        """The notebook's own log has no hole, and no act by half."""
        seqs = [seq for seq, _ in self.log]
        require(seqs == list(range(self.head - len(seqs) + 1, self.head + 1)), f"{name}'s log has a hole.")
        require(not halves(self.log), f"{name}'s log has half an act.")


class HubLog:
    """What a hub's log holds at one moment."""

    def __init__(self, hub):
        with reading(hub.data / "hub.sqlite") as db:
            rows = list(db.execute("SELECT device, deviceSeq, act, record FROM log ORDER BY seq"))
            self.heads = dict(db.execute("SELECT id, headSeq FROM device"))
        self.logs, self.acts, known = {}, {}, set()
        for device, seq, act, record in rows:
            self.logs.setdefault(device, []).append((seq, act))
            if record is not None and record not in known:
                known.add(record)
                self.acts.setdefault((device, act), set()).add(record)

    def check(self):
        for device, log in self.logs.items():
            seqs = sorted(seq for seq, _ in log)
            require(seqs == list(range(1, self.heads[device] + 1)), "The hub's log has a hole.")
            require(not halves(log), "The hub's log has half an act.")

    def require_acts_whole(self, name, records):
        """Of the records that one act made, a notebook has all or none."""
        for made in self.acts.values():
            have = len(made & records)
            require(have in (0, len(made)), f"{name} has {have} of an act's {len(made)} records.")


def halves(log):
    """The entries whose act's last one is missing."""
    seqs = {seq for seq, _ in log}
    return [seq for seq, act in log if act not in seqs]


class Ledger:
    """What was acknowledged: to the rig by a program that ended well, to a laptop by the hub."""

    def __init__(self, congregation):
        self.congregation = congregation
        self.records = {name: set() for name in congregation.laptops}
        self.written = dict.fromkeys(congregation.laptops, 0)
        self.sent = dict.fromkeys(congregation.laptops, 0)

    @property
    def commits(self):
        return sum(self.written.values())

    def saved(self, name, document):
        """A command on this laptop has said that it saved, and nothing else writes there."""
        ids = [document[key] for key in ("id", "person") if document.get(key)]
        self.records[name] |= {bytes.fromhex(id.replace("-", "")) for id in ids}
        self.written[name] = Held(self.congregation.laptops[name]).head

    def synced(self, name):
        """A sync on this laptop has said that it is even with the hub."""
        self.sent[name] = Held(self.congregation.laptops[name]).head

    def check(self):
        """Everything that was ever acknowledged is there, and nothing is there by half."""
        log = HubLog(self.congregation.hub)
        log.check()
        for name, laptop in self.congregation.laptops.items():
            held = Held(laptop)
            held.check(name)
            require(held.head >= self.written[name], f"{name} has lost entries that were saved.")
            require(self.records[name] <= held.records, f"{name} has lost records that were saved.")
            sent = max(held.acknowledged, self.sent[name])
            require(log.heads[held.device] >= sent, f"The hub has lost what it acknowledged to {name}.")
            log.require_acts_whole(name, held.records)
        with reading(self.congregation.hub.data / "notebook.sqlite") as db:
            own = {id for (id,) in db.execute("SELECT id FROM record")}
        log.require_acts_whole("The hub's notebook", own)


def verify(congregation, names=None):
    """Runs `verify` on the hub and the laptops. Returns their fingerprints."""
    owners = [("The hub", congregation.hub)] + [
        (name, laptop) for name, laptop in congregation.laptops.items() if names is None or name in names]
    running = [(name, owner.start("verify")) for name, owner in owners]
    prints = {}
    for name, command in running:
        done = command.finish()
        require(done.code == 0 and done.document["ok"], f"{name} is damaged: {done.text} {done.errors}")
        prints[name] = done.document["fingerprints"]
    return prints


def require_equal(congregation):
    """Everybody is even, and holds the same."""
    congregation.become_even()
    prints = verify(congregation)
    require(len({str(sorted(found.items())) for found in prints.values()}) == 1,
            f"Everybody is even, and they differ: {prints}")
