import Foundation
import GRDB
package import Replication

extension Transaction {
    /// Issues this device's commits after `kept` anew under another key, whose notebook this is
    /// from now on. Returns how many there were. `refused` are those up to `kept` that the hub
    /// refused, as far as this notebook has not heard of them.
    ///
    /// Up to `kept` the hub has the same commits; what it has beyond is another copy's. The names
    /// are changed in log, overwrites, cells and history together, and the records concerned are
    /// asked for whole, since what is here of them is not all that the hub has.
    package func reissue(
        after kept: Seq, refused: [Refusal], as successor: DeviceID
    ) throws -> Int {
        let old = environment.key.device
        try note(refused.filter { $0.seq <= kept })
        try wantWhatIsNotAcknowledged(upTo: kept)
        let renaming = Renaming(old, after: kept, to: successor)
        var tail: [OwnLog.Row] = []
        try OwnLog.forEach(of: old, from: kept + 1, db) { row in
            tail.append(row)
            return true
        }
        try retire(old, upTo: kept)
        meta.head = ChainHead()
        meta.acknowledged = ChainHead()
        meta.sentOnce = 0
        meta.refusalsSeen = 0
        let secret = try newSecret(from: 1)
        for row in tail {
            let commit = row.commit.renamed(renaming)
            if row.isStub {
                try chain(stub: commit, row.digest)
            } else {
                try chain(commit, secret.salt(for: commit.dot))
            }
        }
        for key in Set(tail.map(\.commit.key)).sorted() {
            try edit(key) { state in
                state.rename(renaming)
                return []
            }
            try Wanted.insert(key, db)
        }
        try History.rename(renaming, db)
        try OwnLog.forgetGivenBack(upTo: kept, db)
        try db.run("UPDATE givenBack SET seq = seq - ?", [Int64(kept)])
        try renameRefusals(renaming, tail)
        meta.device = successor
        return tail.count
    }

    /// What became of commits that another copy sent, this one was never told.
    private func wantWhatIsNotAcknowledged(upTo kept: Seq) throws {
        try OwnLog.forEach(of: environment.key.device, from: meta.acknowledged.seq + 1, db) { row in
            guard row.commit.dot.seq <= kept else { return false }
            try Wanted.insert(row.commit.key, db)
            return true
        }
    }

    /// What is sent anew is judged anew. What nobody can read any more stays refused, under its new name.
    private func renameRefusals(_ renaming: Renaming, _ tail: [OwnLog.Row]) throws {
        let old = Int64(bitPattern: renaming.old.rawValue)
        for stub in tail where stub.isStub {
            let new = renaming(stub.commit.dot)
            try db.run(
                "UPDATE refusal SET device = ?, seq = ? WHERE device = ? AND seq = ?",
                [
                    Int64(bitPattern: new.device.rawValue), Int64(new.seq), old,
                    Int64(stub.commit.dot.seq),
                ])
        }
        try db.run("DELETE FROM refusal WHERE device = ? AND seq > ?", [old, Int64(renaming.kept)])
    }

    /// Puts the commits that keep their names aside: they are another device's from now on.
    private func retire(_ device: DeviceID, upTo kept: Seq) throws {
        try db.run(
            """
            INSERT INTO formerLog SELECT ?, * FROM log WHERE seq <= ? ORDER BY seq
            """, [Int64(bitPattern: device.rawValue), Int64(kept)])
        try db.run(
            "INSERT INTO formerSecret SELECT ?, * FROM secret WHERE first <= ?",
            [Int64(bitPattern: device.rawValue), Int64(kept)])
        try db.execute(sql: "DELETE FROM log; DELETE FROM secret;")
    }
}
