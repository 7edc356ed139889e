import GRDB
import Replication

/// The commits of the devices in whose place this one has come: sent long ago, and kept.
enum FormerLog {
    static func commit(_ dot: Dot, _ db: Database) throws -> Commit? {
        var statement = try FastStatement(
            db, "SELECT \(OwnLog.columns) FROM formerLog WHERE device = ? AND seq = ?")
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        defer { statement.reset() }
        return try statement.step() ? try OwnLog.row(statement, dot.device).commit : nil
    }

    /// Makes a stub of a commit.
    static func erase(_ dot: Dot, _ db: Database) throws {
        try db.run(
            "UPDATE formerLog SET payload = NULL WHERE device = ? AND seq = ?",
            [Int64(bitPattern: dot.device.rawValue), Int64(dot.seq)])
    }

    /// The first commit whose payload does not make its digest any more; nil when all do.
    static func firstAltered(_ db: Database) throws -> Dot? {
        var statement = try FastStatement(
            db, "SELECT \(OwnLog.columns), device FROM formerLog ORDER BY device, seq")
        while try statement.step() {
            let device = DeviceID(rawValue: statement.unsigned(9))
            let row = try OwnLog.row(statement, device)
            let salt = try secret(for: row.commit.dot, db)?.salt(for: row.commit.dot)
            let digest = salt.map {
                row.commit.digest(salt: $0, payload: Payload.encode(row.commit.writes))
            }
            guard digest == row.digest || row.isStub else {
                statement.reset()
                return row.commit.dot
            }
        }
        return nil
    }

    private static func secret(for dot: Dot, _ db: Database) throws -> SaltSecret? {
        var statement = try FastStatement(
            db,
            """
            SELECT secret FROM formerSecret WHERE device = ? AND first <= ?
            ORDER BY first DESC LIMIT 1
            """)
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        defer { statement.reset() }
        return try statement.step() ? SaltSecret(bytes: statement.bytes(0)) : nil
    }
}
