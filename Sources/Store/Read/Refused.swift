import GRDB
package import Replication

/// An own commit that the hub will never accept, kept for its author to see.
package struct RefusedCommit: Sendable {
    package let commit: Commit
    /// The rule's name, as the hub gave it.
    package let rule: String
    /// When this device heard of it, in milliseconds since 1970.
    package let milliseconds: UInt64
}

extension Store {
    /// What the hub refused, the oldest first.
    package func refused() throws -> [RefusedCommit] {
        try read { db in
            var row = try FastStatement(
                db, "SELECT device, seq, rule, at FROM refusal ORDER BY at, device, seq")
            var refused: [RefusedCommit] = []
            while try row.step() {
                let dot = Dot(DeviceID(rawValue: row.unsigned(0)), try row.seq(1))
                guard let commit = try commit(dot, db) else { continue }
                refused.append(
                    RefusedCommit(commit: commit, rule: row.text(2), milliseconds: row.unsigned(3)))
            }
            return refused
        }
    }

    /// An own commit, or one of a device in whose place this one has come.
    private func commit(_ dot: Dot, _ db: Database) throws -> Commit? {
        dot.device == device
            ? try OwnLog.commit(of: device, at: dot.seq, db) : try FormerLog.commit(dot, db)
    }

    package func refusedCount() throws -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM refusal") ?? 0 }
    }
}
