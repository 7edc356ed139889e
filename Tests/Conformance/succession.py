"""Going on as another device: after the notebook was copied, or restored from a backup, or revoked."""

import chain
from merge import Record

MOST_POINTS = 64


def find_kept(notebook, ask):
    """The last own seq that the hub has. `ask` sends points of the own chain and returns the answer's `common`."""
    low, high = 0, notebook.last_seq()                  # the hub has low; it has nothing above high
    while low < high:
        step = max(1, -(-(high - low) // MOST_POINTS))
        seqs = list(range(low + step, high + 1, step))[:MOST_POINTS]
        common = ask([{"seq": seq, "hash": notebook.chain_at(seq)} for seq in seqs])
        above = [seq for seq in seqs if seq > max(common, low)]
        low, high = max(common, low), (above[0] - 1 if above else high)
    return low


def next_key(notebook):
    """The key that comes in the place of this one; made once, so that a crash leads to the same one."""
    if notebook.next_private is None:
        notebook.next_private = notebook.random(32)
    return notebook.next_private


def issue_anew(notebook, kept):
    """What lies above `kept` becomes the beginning of a log under the next key."""
    old, log, heard = notebook.device, notebook.log, notebook.acknowledged
    notebook.earlier.append((notebook.private, log[:kept]))
    private, notebook.next_private = next_key(notebook), None
    notebook.begin_key(private)

    def renamed(dot):
        return (notebook.device, dot[1] - kept) if dot[0] == old and dot[1] > kept else dot

    for own in log[kept:]:
        notebook.append(renamed_commit(own.commit, notebook.device, kept, renamed))
    for record in notebook.records.values():
        rename_cells(record, renamed)
    notebook.given_back = {seq - kept for seq in notebook.given_back if seq > kept}
    for own in log[min(kept, heard):]:
        notebook.wanted.add((own.commit.kind, own.commit.record))


def renamed_commit(commit, device, kept, renamed):
    """The same commit under another device. Stamps stay."""
    writes = tuple(write._replace(overwrites=tuple(sorted(map(renamed, write.overwrites)))) for write in commit.writes)
    return commit._replace(device=device, seq=commit.seq - kept, transaction=commit.transaction - kept, writes=writes)


def rename_cells(record, renamed):
    """The dots of a record's live and dead writes."""
    for cell in record.cells.values():
        cell.dead = {renamed(dot) for dot in cell.dead}
        cell.live, cell.past = ({renamed(dot): write._replace(dot=renamed(dot)) for dot, write in writes.items()}
                                for writes in (cell.live, cell.past))


def wipe(notebook):
    """The device's access has ended: what was never acknowledged is issued anew, and everything else goes."""
    issue_anew(notebook, notebook.ever_acknowledged)
    notebook.earlier = [(private, []) for private, _ in notebook.earlier]
    notebook.records, notebook.wanted, notebook.refusals, notebook.cursor = {}, set(), [], None
    notebook.given_back = set()
    for own in notebook.log:
        commit = own.commit
        notebook.wanted.add((commit.kind, commit.record))
        notebook.records.setdefault((commit.kind, commit.record), Record(commit.kind, commit.record)).apply(commit)
