import GRDB
import Replication

/// The commits that were refused: of this device, and of those in whose place it has come.
struct RefusedCommits {
    struct One {
        let commit: Commit
        let rule: String
        /// Whether the hub had acknowledged it before, and not refused it; or it says again what the hub
        /// has lost.
        let wasLetIn: Bool
        /// Whether what it wrote has been taken back, or given back.
        let isSettled: Bool
    }

    let device: DeviceID
    let db: Database

    func on(_ key: RecordKey) throws -> [One] {
        try refused("record = ? AND kind = ?") { row in
            row.bind(key.id.bytes)
            row.bind(Int64(key.kind))
        }
    }

    /// Those of one act.
    func beside(_ commit: Commit) throws -> [One] {
        try refused("device = ? AND act = ?") { row in
            row.bind(commit.dot.device.rawValue)
            row.bind(commit.transaction)
        }
    }

    func all() throws -> [One] { try refused("true") { _ in } }

    /// Makes a stub of one.
    func erase(_ refused: One) throws {
        let dot = refused.commit.dot
        if dot.device == device {
            try OwnLog.erase(dot.seq, db)
        } else {
            try FormerLog.erase(dot, db)
        }
    }

    /// What was refused of a record is taken back, or given back.
    func settle(_ refused: [One]) throws {
        for one in refused where !one.isSettled {
            try db.run(
                "UPDATE refusal SET isSettled = 1 WHERE device = ? AND seq = ?",
                [
                    Int64(bitPattern: one.commit.dot.device.rawValue),
                    Int64(one.commit.dot.seq),
                ])
        }
    }

    /// The records of which something waits that was refused.
    func unsettledRecords() throws -> Set<RecordKey> {
        let waiting = try refused("isSettled = 0") { _ in }
        return Set(waiting.map(\.commit.key))
    }

    /// In the order of the chain.
    private func refused(
        _ condition: String, _ bind: (inout FastStatement) -> Void
    ) throws -> [One] {
        try ["log USING (seq) WHERE device =", "formerLog USING (device, seq) WHERE device <>"]
            .flatMap { log in
                var row = try FastStatement(
                    db,
                    """
                    SELECT \(OwnLog.columns), device, rule, wasLetIn, isSettled
                    FROM refusal JOIN \(log) ? AND \(condition) ORDER BY device, seq
                    """)
                row.bind(device.rawValue)
                bind(&row)
                var refused: [One] = []
                while try row.step() {
                    let device = DeviceID(rawValue: row.unsigned(9))
                    refused.append(
                        One(
                            commit: try OwnLog.row(row, device).commit, rule: row.text(10),
                            wasLetIn: row.int(11) == 1, isSettled: row.int(12) == 1))
                }
                return refused
            }
    }
}

extension Transaction {
    var refusedCommits: RefusedCommits { RefusedCommits(device: device, db: db) }

    /// Whether a commit was refused for what the hub had once: itself, the record or the write upon which
    /// it is written, the people whom it names, or another commit of its act for one of these.
    func isOfLost(_ refused: RefusedCommits.One, depth: Int = 0) throws -> Bool {
        // One rests upon another, which was written before: a few steps, whatever a hub says.
        guard refused.rule != "erased", depth < 16 else { return false }
        if refused.wasLetIn { return true }
        let commit = refused.commit
        switch refused.rule {
        case "dots": return true
        case "person":
            let people = people(in: commit)
            return try !people.isEmpty
                && people.allSatisfy { try state(of: $0).space != nil }
        case "unknown-record":
            // What the hub never took in, it has not lost.
            let makers = try refusedCommits.on(commit.key).filter(\.commit.makesRecord)
            return try makers.isEmpty
                || makers.contains {
                    try $0.commit.isBefore(commit) && isOfLost($0, depth: depth + 1)
                }
        case "act":
            return try refusedCommits.beside(commit)
                .contains { try $0.rule != "act" && isOfLost($0, depth: depth + 1) }
        default: return false
        }
    }

    /// The people whom a commit names in fields that name nobody else.
    private func people(in commit: Commit) -> [RecordKey] {
        guard let kind = schema[commit.key.kind], let person = schema.kind(named: "person") else {
            return []
        }
        return commit.writes.compactMap { write in
            guard kind.field(write.field)?.names == [person.name] else { return nil }
            return write.value.id.map { RecordKey(person.number, $0) }
        }
    }
}

extension Commit {
    /// Whether it stands in an earlier act, or another log.
    fileprivate func isBefore(_ other: Commit) -> Bool {
        dot.device != other.dot.device || transaction < other.transaction
    }
}
