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
            var row = try FastStatement(db, "SELECT seq, rule, at FROM refusal ORDER BY seq")
            var refused: [RefusedCommit] = []
            while try row.step() {
                guard let commit = try OwnLog.commit(of: device, at: row.seq(0), db) else {
                    continue
                }
                refused.append(
                    RefusedCommit(commit: commit, rule: row.text(1), milliseconds: row.unsigned(2)))
            }
            return refused
        }
    }

    package func refusedCount() throws -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM refusal") ?? 0 }
    }
}
