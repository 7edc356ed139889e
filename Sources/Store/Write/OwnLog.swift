import Foundation
import GRDB
import Replication

/// This device's own commits, in the order of its chain.
enum OwnLog {
    /// Appends a commit; a stub, when there is no payload.
    static func append(
        _ commit: Commit, _ payload: [UInt8]?, _ digest: Digest, _ db: Database
    ) throws {
        var statement = try FastStatement(
            db,
            """
            INSERT INTO log(seq, stamp, effective, author, kind, record, act, payload, digest)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        statement.bind(commit.dot.seq)
        statement.bind(commit.stamp.rawValue)
        statement.bind(commit.effective.rawValue)
        statement.bind(commit.author.bytes)
        statement.bind(Int64(commit.key.kind))
        statement.bind(commit.key.id.bytes)
        statement.bind(commit.transaction)
        if let payload { statement.bind(payload) } else { statement.bindNull() }
        statement.bind(digest.bytes)
        try statement.run()
    }

    /// A commit with the size of its payload and its digest. A stub's has no writes.
    struct Row {
        let commit: Commit
        let payloadBytes: Int
        let digest: Digest
        let isStub: Bool

        var entry: Entry { isStub ? .stub(commit.dot, digest) : .commit(commit) }
    }

    static let columns = "seq, stamp, effective, author, kind, record, act, payload, digest"

    /// The commits from `seq` on, until `body` says false.
    static func forEach(
        of device: DeviceID, from seq: Seq, _ db: Database, _ body: (Row) throws -> Bool
    ) throws {
        var statement = try FastStatement(
            db, "SELECT \(columns) FROM log WHERE seq >= ? ORDER BY seq")
        statement.bind(seq)
        while try statement.step() {
            guard try body(row(statement, device)) else {
                statement.reset()
                return
            }
        }
    }

    /// Own commits on one record above `seq`.
    static func commits(
        of device: DeviceID, on key: RecordKey, after seq: Seq, _ db: Database
    ) throws -> [Commit] {
        var statement = try FastStatement(
            db, "SELECT \(columns) FROM log WHERE seq > ? AND record = ? AND kind = ? ORDER BY seq")
        statement.bind(seq)
        statement.bind(key.id.bytes)
        statement.bind(Int64(key.kind))
        var commits: [Commit] = []
        while try statement.step() { commits.append(try row(statement, device).commit) }
        return commits
    }

    /// The records of which there are commits up to `seq`.
    static func records(upTo seq: Seq, _ db: Database) throws -> Set<RecordKey> {
        var statement = try FastStatement(
            db, "SELECT DISTINCT kind, record FROM log WHERE seq <= ?")
        statement.bind(seq)
        var keys: Set<RecordKey> = []
        while try statement.step() {
            keys.insert(RecordKey(try statement.number(0), try statement.id(1)))
        }
        return keys
    }

    static func commit(of device: DeviceID, at seq: Seq, _ db: Database) throws -> Commit? {
        var found: Commit?
        try forEach(of: device, from: seq, db) { row in
            if row.commit.dot.seq == seq { found = row.commit }
            return false
        }
        return found
    }

    /// The commits up to `last` on erased records that are no stubs.
    static func commitsOnErased(
        upTo last: Seq, _ device: DeviceID, _ db: Database
    ) throws -> [Commit] {
        guard try Records.hasErased(db) else { return [] }
        var statement = try FastStatement(
            db,
            """
            SELECT \(columns) FROM log WHERE seq <= ? AND payload IS NOT NULL
            AND (record, kind) IN (SELECT id, kind FROM record WHERE life = 3)
            """)
        statement.bind(last)
        var commits: [Commit] = []
        while try statement.step() { commits.append(try row(statement, device).commit) }
        return commits
    }

    /// The first stub of a record that is here and was not erased, and of which no commit was refused
    /// because others had erased it; nil when there is none.
    static func firstEmptied(_ db: Database) throws -> Seq? {
        var statement = try FastStatement(
            db,
            """
            SELECT seq FROM log JOIN record r ON r.id = log.record AND r.kind = log.kind
            WHERE payload IS NULL AND r.life <> 3 AND NOT EXISTS (
                SELECT 1 FROM log other JOIN refusal USING (seq)
                WHERE other.record = log.record AND other.kind = log.kind)
            ORDER BY seq LIMIT 1
            """)
        defer { statement.reset() }
        return try statement.step() ? try statement.seq(0) : nil
    }

    static func isRefused(_ dot: Dot, _ db: Database) throws -> Bool {
        try hasRow("SELECT 1 FROM refusal WHERE device = ? AND seq = ?", db) { row in
            row.bind(dot.device.rawValue)
            row.bind(dot.seq)
        }
    }

    static func isGivenBack(_ seq: Seq, _ db: Database) throws -> Bool {
        try hasRow("SELECT 1 FROM givenBack WHERE seq = ?", db) { $0.bind(seq) }
    }

    private static func hasRow(
        _ sql: String, _ db: Database, _ bind: (inout FastStatement) -> Void
    ) throws -> Bool {
        var statement = try FastStatement(db, sql)
        bind(&statement)
        defer { statement.reset() }
        return try statement.step()
    }

    /// Notes that a commit says again what the hub has lost.
    static func noteGivenBack(_ seq: Seq, _ db: Database) throws {
        var statement = try FastStatement(db, "INSERT OR IGNORE INTO givenBack(seq) VALUES (?)")
        statement.bind(seq)
        try statement.run()
    }

    /// The hub has these, or has refused them.
    static func forgetGivenBack(upTo seq: Seq, _ db: Database) throws {
        var statement = try FastStatement(db, "DELETE FROM givenBack WHERE seq <= ?")
        statement.bind(seq)
        try statement.run()
    }

    /// Makes a stub of a commit.
    static func erase(_ seq: Seq, _ db: Database) throws {
        var stub = try FastStatement(db, "UPDATE log SET payload = NULL WHERE seq = ?")
        stub.bind(seq)
        try stub.run()
    }

    /// The same of the commits of the devices in whose place this one has come. Returns whether there
    /// were any.
    static func eraseFormer(_ key: RecordKey, _ db: Database) throws -> Bool {
        try db.run(
            """
            UPDATE formerLog SET payload = NULL
            WHERE record = ? AND kind = ? AND payload IS NOT NULL
            """, [Data(key.id.bytes), Int64(key.kind)])
        return db.changesCount > 0
    }

    static func lower(_ seq: Seq, to effective: Stamp, _ db: Database) throws {
        var statement = try FastStatement(
            db, "UPDATE log SET effective = min(effective, ?) WHERE seq = ?")
        statement.bind(effective.rawValue)
        statement.bind(seq)
        try statement.run()
    }

    /// The runs of secrets that cover `seq` and what follows it.
    static func secrets(from seq: Seq, _ db: Database) throws -> [SaltRun] {
        var statement = try FastStatement(
            db,
            """
            SELECT first, secret FROM secret
            WHERE first >= (SELECT max(first) FROM secret WHERE first <= ?) ORDER BY first
            """)
        statement.bind(seq)
        var runs: [SaltRun] = []
        while try statement.step() {
            guard let secret = SaltSecret(bytes: statement.bytes(1)) else {
                throw WireError.malformed
            }
            runs.append(SaltRun(first: try statement.seq(0), secret: secret))
        }
        return runs
    }

    static func add(_ run: SaltRun, _ db: Database) throws {
        var statement = try FastStatement(
            db, "INSERT OR REPLACE INTO secret(first, secret) VALUES (?, ?)")
        statement.bind(run.first)
        statement.bind(run.secret.bytes)
        try statement.run()
    }

    static func row(_ statement: FastStatement, _ device: DeviceID) throws -> Row {
        let (stamp, effective) = try (statement.stamp(1), statement.stamp(2))
        guard effective <= stamp, let digest = Digest(bytes: statement.bytes(8)) else {
            throw WireError.malformed
        }
        let isStub = statement.isNull(7)
        let payload = statement.bytes(7)
        let commit = Commit(
            dot: Dot(device, try statement.seq(0)), stamp: stamp, effective: effective,
            author: try statement.id(3),
            key: RecordKey(try statement.number(4), try statement.id(5)),
            transaction: try statement.seq(6), salt: nil,
            writes: isStub ? [] : try Payload.decode(payload))
        return Row(
            commit: commit, payloadBytes: payload.count, digest: digest, isStub: isStub)
    }
}
