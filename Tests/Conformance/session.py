"""The session without the network: what a device sends, and what it does with an answer."""

import chain
import comparing
import ed25519
from block import decode_block, encode_block
from commit import Stub
from merge import EVERYTHING
from notebook import Refusal, spaces_of


class Forked(Exception):
    """The hub has another chain of this device: the notebook was copied, or restored from a backup."""


MOST_PUSHED_PAYLOAD = 600_000                           # so that the body fits, compressed or not
MOST_WANTED = MOST_REFUSED = 1000


# --- What is sent

def make_request(notebook, with_push=True):
    """A SyncRequest."""
    request = {"version": 1, "cursor": notebook.cursor, "refusalsSeen": notebook.refusals_seen,
               "wanted": [{"kind": kind, "id": id} for kind, id in sorted(notebook.wanted)[:MOST_WANTED]]}
    if with_push and notebook.unsent():
        request["push"] = make_push(notebook)
    return request


def make_push(notebook):
    """Whole acts from acknowledged + 1 on. What the hub has had before goes up again first, and says so."""
    again = notebook.acknowledged < notebook.ever_acknowledged
    end = notebook.ever_acknowledged if again else notebook.last_seq()
    entries = acts_that_fit(notebook.log[notebook.acknowledged:end])
    first, last = entries[0].commit.seq, entries[-1].commit.seq
    message = chain.push_message(notebook.hub.congregation, notebook.device, last, notebook.chain_at(last))
    return {"previous": notebook.chain_at(first - 1), "block": encode_block([without_salt(own) for own in entries]),
            "secrets": secrets_between(notebook.secrets, first, last),
            "signature": ed25519.sign(notebook.private, message), "again": again}


def without_salt(own):
    """The commit as it goes up: secrets make its salt."""
    return own.commit._replace(salt=None)


def acts_that_fit(entries):
    """As many whole acts as one push may hold, at least one."""
    chosen, size = [], 0
    for own in entries:
        begins_act = not chosen or chosen[-1].commit.transaction != own.commit.transaction
        if begins_act and chosen:
            act = [other for other in entries if other.commit.transaction == own.commit.transaction]
            if size + sum(map(weight, act)) > MOST_PUSHED_PAYLOAD or len(chosen) + len(act) > 16384:
                break
        chosen.append(own)
        size += weight(own)
    return chosen


def weight(own):
    """About how many bytes of a block a commit takes."""
    return 100 + sum(24 + len(write.value) + 12 * len(write.overwrites) for write in own.commit.writes)


def secrets_between(secrets, first, last):
    """The secrets that serve the seqs from first to last."""
    ends = [secret[0] for secret in secrets[1:]] + [2**48]
    return [{"first": begin, "secret": secret} for (begin, secret), end in zip(secrets, ends)
            if begin <= last and end > first]


# --- What is done with an answer: the steps of "One exchange"

def receive(notebook, request, answer):
    """Store an answer. Returns whether its page was held back, or was for another cursor than the one held."""
    if notebook.chain_at(answer["acknowledged"]) != answer["chain"]:
        raise Forked()                                  # 1
    entries = decode_block(answer["block"]) if answer["block"] else []
    is_same_cursor = notebook.cursor == request["cursor"]
    let_in, sent = notebook.ever_acknowledged, notebook.acknowledged
    store_acknowledged(notebook, answer)                # 2
    store_lowered(notebook, answer["lowered"])          # 3
    store_refused(notebook, answer["refused"], let_in)  # 4
    want_sent_outside(notebook, sent, spaces_of(answer["cursor"] if is_same_cursor else notebook.cursor))
    if not is_same_cursor:
        return True
    leave, enter, unknown = ([(record["kind"], record["id"]) for record in answer[name]]
                             for name in ("leave", "enter", "unknown"))
    outside = records_outside(notebook, answer["cursor"])
    if spaces_of(answer["cursor"]) != spaces_of(notebook.cursor):
        notebook.wanted |= {(commit.kind, commit.record) for commit, refusal in notebook.refused()
                            if not refusal.is_settled}
    if any(notebook.unsent(record) for record in leave + outside):
        return True                                     # 5
    if notebook.cursor and notebook.cursor["epoch"] != answer["cursor"]["epoch"]:
        notebook.lost_since = None
        notebook.refused_gifts = 0
    own = {(own.commit.kind, own.commit.record) for own in notebook.log[:notebook.acknowledged]}
    notebook.wanted |= own.intersection(outside)
    store_page(notebook, entries, outside, leave, enter, unknown, spaces_of(answer["cursor"]))
    notebook.cursor = answer["cursor"]                  # 9
    notebook.observe(max((entry.effective for entry in entries if not isinstance(entry, Stub)), default=0))
    return False


def store_acknowledged(notebook, answer):
    acknowledged = answer["acknowledged"]
    if acknowledged > notebook.acknowledged:
        notebook.begin_secret()
    if acknowledged < notebook.acknowledged:
        notebook.refusals_seen = min(notebook.refusals_seen, acknowledged)
    notebook.acknowledged = acknowledged
    notebook.ever_acknowledged = max(notebook.ever_acknowledged, acknowledged)
    notebook.hub.roles = answer["roles"]


def store_lowered(notebook, lowered):
    for item in lowered:
        notebook.lower(item["seq"], item["effective"])
    if lowered:
        notebook.last_stamp = max(item["effective"] for item in lowered)


def store_refused(notebook, refused, let_in):
    """Keep what was refused. What was given back is given back again in a week."""
    news = [item for item in sorted(refused, key=lambda item: item["seq"]) if item["seq"] > notebook.refusals_seen]
    for item in news:
        keep_refusal(notebook, item, let_in)
        notebook.refusals_seen = item["seq"]
    for item in news:
        commit = notebook.log[item["seq"] - 1].commit
        refusal = next(refusal for other, refusal in notebook.refused() if other is commit)
        if not (comparing.is_over(notebook) and notebook.is_of_lost(commit, refusal)):
            notebook.wanted.add((commit.kind, commit.record))
    if notebook.given_back & {item["seq"] for item in news}:
        comparing.note_refused_gift(notebook)
    if len(refused) < MOST_REFUSED:
        notebook.given_back = {seq for seq in notebook.given_back if seq > notebook.acknowledged}


def keep_refusal(notebook, item, let_in=0):
    """It is kept once."""
    device, seq = notebook.device, item["seq"]
    known = [refusal for refusal in notebook.refusals if (refusal.device, refusal.seq) == (device, seq)]
    for refusal in known:
        notebook.refusals[notebook.refusals.index(refusal)] = refusal._replace(is_settled=False)
    if not known:
        notebook.refusals.append(Refusal(device, seq, item["rule"], seq <= let_in or seq in notebook.given_back, False))


def want_sent_outside(notebook, sent, spaces):
    """What was let in now, and was written for a turf that its leader had in between."""
    waiting = {(commit.kind, commit.record) for commit, refusal in notebook.refused() if not refusal.is_settled}
    for own in notebook.log[sent:notebook.acknowledged]:
        name = own.commit.kind, own.commit.record
        record = notebook.records.get(name)
        if (record and EVERYTHING not in spaces and name not in waiting and not record.is_erased()
                and record.space() not in spaces):
            notebook.wanted.add(name)


def records_outside(notebook, cursor):
    """The records that live in no space of a new scope."""
    spaces = spaces_of(cursor)
    if spaces == spaces_of(notebook.cursor) or EVERYTHING in spaces:
        return []
    return [name for name, record in notebook.records.items() if record.space() not in spaces]


def store_page(notebook, entries, outside, leave, enter, unknown, spaces):
    waiting = {(commit.kind, commit.record) for commit, refusal in notebook.refused() if not refusal.is_settled}
    compared = [name for name in dict.fromkeys(enter + unknown) if name in notebook.records or name in waiting]
    for name in outside + leave:                        # 6
        notebook.records.pop(name, None)
    notebook.wanted.difference_update(leave, enter, unknown)
    commits = [entry for entry in entries if not isinstance(entry, Stub)]
    for name in compared:
        comparing.settle(notebook, name, [commit for commit in commits if (commit.kind, commit.record) == name], spaces)
    for commit in commits:                              # 7
        if (commit.kind, commit.record) not in compared:
            notebook.record(commit.kind, commit.record).apply(commit)
    for name in enter + unknown:                        # 8
        for commit in notebook.unsent(name):
            notebook.record(*name).apply(commit)
