import Foundation
import GRDB
import Replication
import Store

/// The log's names, one after another: a new one begins when the hub was put back from a backup.
enum Epochs {
    /// The log's name now. Throws `UnreadableRow` when it has none.
    static func current(_ db: Database) throws -> Epoch {
        let bytes = try Data.fetchOne(
            db.cachedStatement(sql: "SELECT epoch FROM epoch ORDER BY id DESC LIMIT 1"))
        guard let epoch = bytes.flatMap({ Epoch(bytes: $0) }) else { throw UnreadableRow() }
        return epoch
    }

    /// When the log got its name, in milliseconds since 1970.
    static func began(_ db: Database) throws -> UInt64 {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT began FROM epoch ORDER BY id DESC LIMIT 1"))
        guard let row else { throw UnreadableRow() }
        return try row.count(0)
    }

    /// Whether this log has had another name: then it has lost some of what it had let in.
    static func wasPutBack(_ db: Database) throws -> Bool {
        try Bool.fetchOne(db.cachedStatement(sql: "SELECT count(*) > 1 FROM epoch")) ?? false
    }

    static func isKnown(_ epoch: Epoch, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM epoch WHERE epoch = ?)"),
            arguments: [Data(epoch.bytes)]) ?? false
    }

    static func begin(_ epoch: Epoch, at milliseconds: UInt64, _ db: Database) throws {
        try db.run(
            "INSERT OR IGNORE INTO epoch(epoch, began) VALUES (?, ?)",
            [Data(epoch.bytes), Int64(milliseconds)])
    }
}
