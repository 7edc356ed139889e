"""Comparing with the hub: which records differ, and what is done about each."""

import kinds
from commit import ONCE, Write
from merge import EVERYTHING, LIFE, ORGANIZERS, SPACE, Record, fingerprints, state_of
from wire import fixed

MOST_ACT = 786_432                                      # bytes of payload
DAY = 24 * 3600 * 1000                                 # milliseconds
PATIENCE = 7 * DAY                                      # in which others may still bring what was lost


# --- Finding the records

def find(notebook, ask):
    """The records that differ, or None if the hub stands elsewhere. `ask` sends a Compare and returns the hub's
    sums."""
    differing, records = [], notebook.read_records()
    try:
        for space in differing_sums(ask({}), fingerprints(records.values())):
            here = {name: record for name, record in records.items() if record.space() == space}
            buckets = differing_sums(ask({"space": space}), sums_by(here, lambda kind, id: id[-1:]))
            if buckets:
                some = {name: record for name, record in here.items() if name[1][-1:] in buckets}
                sums = ask({"space": space, "buckets": b"".join(sorted(buckets))})
                differing += differing_sums(sums, sums_by(some, lambda kind, id: (kind, id)))
    except HasMovedOn:
        return None
    return differing


class HasMovedOn(Exception):
    """The hub stands elsewhere by now, and says no fingerprint."""


def differing_sums(theirs, mine):
    """The names whose sums are not the same. A sum of 0 may be left out."""
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
        raise HasMovedOn()
    return {(item["kind"], item["id"]) if item["kind"] else item["id"]: item["sum"] for item in answer["sums"]}


# --- Settling one record

def settle(notebook, name, theirs, spaces):
    """A record that is here, or of which something was refused, came: `theirs` are all commits on it that the hub
    has."""
    is_known = bool(theirs)
    theirs = state_of(*name, theirs + notebook.unsent(name))
    mine = mine_of(notebook, name)
    if not theirs.cells and mine.cells and EVERYTHING not in spaces and mine.space() not in spaces:
        notebook.records.pop(name, None)
        return
    commits = given(notebook, mine, theirs, is_known)
    is_kept = bool(commits) and not (is_over(notebook) and may_give(notebook, mine))
    notebook.settle(name, with_lost=not is_kept)
    if is_kept:
        theirs.merge(mine)
        commits = []
    put(notebook, name, theirs)
    moved_at = {}
    for write in mine.live((SPACE,)):
        moved_at[write.value] = max(write.stamp, moved_at.get(write.value, 0))
    for act in acts_that_fit(with_deletion_of_all(commits, notebook)):
        first = notebook.last_seq() + 1
        notebook.append_act(act, *name, moved_at)
        notebook.given_back.update(range(first, notebook.last_seq() + 1))


def mine_of(notebook, name):
    """What is here without what was refused, and with what was refused for something lost."""
    if notebook.is_made_about_erased(name):
        return Record(*name)
    mine = notebook.records.get(name) or Record(*name)
    for commit in notebook.unsettled(name, of_lost=True):
        mine.apply(commit)
    mine.withdraw(notebook.unsettled(name, of_lost=False))
    for commit in notebook.unsent(name):
        mine.apply(commit)
    return mine


def may_give(notebook, mine):
    """Whether this notebook's member may write the record, or erase it again."""
    roles = notebook.hub.roles
    if mine.is_erased() and "admin" not in roles:
        return False
    own = (mine.kind, mine.id) == (kinds.MEMBER, notebook.member)
    return "organizer" in roles or own or "leader" in roles and mine.kind in kinds.LEADERS_WRITE


def is_over(notebook):
    """Whether the seven days are over in which others may still bring what was lost. Where the hub goes on
    refusing it, they are twice as many each time."""
    weeks = max(1, (1 << min(notebook.refused_gifts, 8)) // 8)
    return notebook.lost_since is not None and notebook.now() - notebook.lost_since > weeks * PATIENCE


def note_refused_gift(notebook):
    """It waits anew. The refusals of one try come in several answers."""
    if notebook.lost_since is None or notebook.now() - notebook.lost_since > DAY:
        notebook.refused_gifts += 1
    notebook.lost_since = notebook.now()


def note_difference(notebook, is_same):
    """From when on the hub has less. What a wrong clock noted for a time to come is noted anew."""
    if is_same:
        notebook.lost_since = None
        notebook.refused_gifts = 0
    elif notebook.lost_since is None or notebook.lost_since > notebook.now():
        notebook.lost_since = notebook.now()


def put(notebook, name, record):
    if record.cells:
        notebook.records[name] = record
    else:
        notebook.records.pop(name, None)


# --- What mine has beyond theirs

def beyond(mine, theirs):
    """The writes that say once more what theirs has lost: for each commit of an act a list."""
    if theirs.is_erased():
        return []
    if mine.is_erased():
        return [[kinds.make_write(mine.kind, "erased", 1)]]
    home = [] if theirs.cells else [kinds.make_write(mine.kind, "space", ORGANIZERS)]
    if mine.life() != "deleted":
        return acts_of([writes_of(mine, theirs, name) for name in sorted(mine.cells)], home)
    if theirs.life() == "deleted":
        return []
    others = [writes_of(mine, theirs, name) for name in sorted(mine.cells) if name[0] != LIFE]
    dead = set().union(*(cell.dead for cell in mine.cells.values()))
    live = {write.dot for _, write in theirs.all_live()}
    known = live.union(*(cell.dead for cell in theirs.cells.values()))
    dots = tuple(sorted(dead & live | dead - known))
    return acts_of(others, home) + [[kinds.make_write(mine.kind, "life", 0)._replace(overwrites=dots)]]


def acts_of(cells, home):
    """A cell takes one write in a commit. What says where the record lives goes first, by itself."""
    commits = [[writes[turn] for writes in cells if turn < len(writes)]
               for turn in range(max(map(len, cells), default=0))]
    moves = [[write] for commit in commits for write in commit if write.field == SPACE]
    rest = [[write for write in commit if write.field != SPACE] for commit in commits]
    return (moves or ([home] if commits and home else [])) + [commit for commit in rest if commit]


def writes_of(mine, theirs, name):
    """What a cell says that theirs has lost, each with the dots that are dead here, and live or unknown there."""
    other, dead = theirs.cells.get(name), mine.cells[name].dead
    dots = tuple(write.dot for write in theirs.live(name) if write.dot in dead)
    said = {(write.type, write.value, write.removes) for write in theirs.live(name) if write.dot not in dead}
    values = []
    for write in mine.live(name):
        is_known = other and (write.dot in other.live or write.dot in other.dead)
        says = (write.type, write.value, write.removes)
        if not is_known and says not in said:
            values.append(write)
            said.add(says)
    winner = mine.winner(name)
    if not values and dots and winner:
        values = [winner]
    lost = tuple(dead - (other.dead | set(other.live) if other else set()))
    named = [tuple(sorted(dots + lost))] + [dots] * len(values)     # one that names the lost ones is enough
    return [Write(name[0], write.rule, write.removes, write.type, write.value, () if write.rule == ONCE else overwrites)
            for write, overwrites in zip(values, named)]


def acts_that_fit(commits):
    """The commits as acts, each of which a push takes."""
    acts, size = [], 0
    for commit in commits:
        more = sum(24 + len(write.value) + 15 * len(write.overwrites) for write in commit)
        if not acts or size + more > MOST_ACT:
            acts.append([])
            size = 0
        acts[-1].append(commit)
        size += more
    return acts


def with_deletion_of_all(commits, notebook):
    """A deletion, which is last, overwrites the dots of the commits before it too."""
    if not commits:
        return []
    before = [(notebook.device, notebook.last_seq() + 1 + index) for index in range(len(commits) - 1)]
    last = [write._replace(overwrites=tuple(sorted(write.overwrites + tuple(before)))) if write.field == LIFE else write
            for write in commits[-1]]
    return commits[:-1] + [last]


def given(notebook, mine, theirs, is_known):
    """What this notebook's member may say of it: who is no organizer names nothing that the hub does not know, and
    moves nothing that it knows."""
    commits = beyond(mine, theirs)
    if "organizer" not in notebook.hub.roles:
        known = {write.dot for _, write in theirs.all_live()}
        commits = [[write._replace(overwrites=tuple(dot for dot in write.overwrites if dot in known))
                    for write in commit if not (is_known and write.field == SPACE)] for commit in commits]
    return [commit for commit in commits if commit]
