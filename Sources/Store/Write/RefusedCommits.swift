import GRDB
import Replication

/// The commits that were refused: of this device, and of those in whose place it has come.
struct RefusedCommits {
    struct One {
        let commit: Commit
        let rule: String
        /// Whether the hub had acknowledged it before, and not refused it.
        let wasLetIn: Bool
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

    /// In the order of the chain.
    private func refused(
        _ condition: String, _ bind: (inout FastStatement) -> Void
    ) throws -> [One] {
        try ["log USING (seq) WHERE device =", "formerLog USING (device, seq) WHERE device <>"]
            .flatMap { log in
                var row = try FastStatement(
                    db,
                    """
                    SELECT \(OwnLog.columns), device, rule, wasLetIn
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
                            wasLetIn: row.int(11) == 1))
                }
                return refused
            }
    }
}

extension Transaction {
    var refusedCommits: RefusedCommits { RefusedCommits(device: device, db: db) }

    /// Whether a commit was refused for what the hub had once: itself, the record or the write upon which
    /// it is written, the people whom it names, or another commit of its act for one of these.
    func isOfLost(_ refused: RefusedCommits.One) throws -> Bool {
        if refused.rule == "erased" { return false }
        if refused.wasLetIn { return true }
        let commit = refused.commit
        switch refused.rule {
        case "dots": return true
        case "person":
            let people = people(in: commit)
            return try !people.isEmpty
                && people.allSatisfy { try state(of: $0).space != nil }
        case "unknown-record":
            let first = try refusedCommits.on(commit.key).first {
                $0.commit.dot.device == commit.dot.device
            }
            // What the hub never took in, it has not lost.
            guard let first, first.commit.makesRecord else { return true }
            return try first.commit.transaction < commit.transaction && isOfLost(first)
        case "act":
            return try refusedCommits.beside(commit)
                .contains { try $0.rule != "act" && isOfLost($0) }
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
