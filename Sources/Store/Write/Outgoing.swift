import Foundation
import GRDB
package import Replication

extension Store {
    /// What to ask the hub next: the cursor, and the next own commits that it has not
    /// acknowledged, as many as fit, whole acts only. Throws `StoreError.hasNewKey`.
    package func request(for congregation: RecordID, maxCommits: Int = 4096) throws -> SyncRequest {
        try read { db in
            let meta = try Meta.load(db)
            try checkIsOurs(meta)
            return SyncRequest(
                cursor: meta.cursor,
                push: try push(meta, congregation, maxCommits, db),
                refusalsSeen: meta.refusalsSeen,
                wanted: try Wanted.all(db), takesSnapshot: true,
                snapshot: meta.snapshot?.seq ?? 0)
        }
    }

    /// This device's own chain at these places, as far as it goes. `seqs` ascend.
    package func chain(at seqs: [Seq]) throws -> [ChainHead] {
        try read { db in
            var points: [ChainHead] = []
            var head = ChainHead()
            var rest = seqs[...]
            try OwnLog.forEach(of: device, from: 1, db) { row in
                head = head.appending(row.digest)
                if rest.first == head.seq {
                    points.append(head)
                    rest = rest.dropFirst()
                }
                return !rest.isEmpty
            }
            return points
        }
    }

    private func push(
        _ meta: Meta, _ congregation: RecordID, _ maxCommits: Int, _ db: Database
    ) throws -> Push? {
        guard meta.pending > 0 else { return nil }
        let isAgain = meta.acknowledged.seq < meta.sentOnce
        let rows = try nextActs(
            after: meta.acknowledged.seq, upTo: isAgain ? meta.sentOnce : meta.head.seq, maxCommits,
            db)
        let head = rows.reduce(meta.acknowledged) { $0.appending($1.digest) }
        let secrets = try OwnLog.secrets(from: meta.acknowledged.seq + 1, db)
        return Push(
            previous: meta.acknowledged.hash,
            entries: rows.map(\.entry),
            secrets: secrets.filter { $0.first <= head.seq },
            signature: try environment.key.sign(
                Push.signed(head, of: device, congregation: congregation)), isAgain: isAgain)
    }

    /// Whole acts, up to a count of commits and half of what a body may inflate to; at least one.
    private func nextActs(
        after seq: Seq, upTo last: Seq, _ maxCommits: Int, _ db: Database
    ) throws -> [OwnLog.Row] {
        var rows: [OwnLog.Row] = []
        var whole = 0
        var bytes = 0
        try OwnLog.forEach(of: device, from: seq + 1, db) { row in
            bytes += row.payloadBytes + 64
            let isFull = rows.count >= maxCommits || bytes > Limits.inflatedBytes / 2
            if (isFull && whole > 0) || row.commit.dot.seq > last { return false }
            rows.append(row)
            if row.commit.transaction == row.commit.dot.seq { whole = rows.count }
            return true
        }
        return Array(rows.prefix(whole))
    }
}
