import Foundation
import GRDB
package import Replication

extension Store {
    /// Has the hub send these records whole, to be compared with what is here.
    package func compare(_ keys: Set<RecordKey>) throws {
        try write { transaction in
            for key in keys.sorted() {
                try Wanted.insert(key, transaction.db)
            }
        }
    }
}

/// Records that the hub is to send whole: because what it refused is here of them, or because they
/// are not the same there.
enum Wanted {
    static func all(_ db: Database) throws -> [RecordKey] {
        var statement = try FastStatement(db, "SELECT kind, record FROM wanted LIMIT 1000")
        var keys: [RecordKey] = []
        while try statement.step() {
            keys.append(RecordKey(try statement.number(0), try statement.id(1)))
        }
        return keys
    }

    static func insert(_ key: RecordKey, _ db: Database) throws {
        try db.run(
            "INSERT OR IGNORE INTO wanted(kind, record) VALUES (?, ?)",
            [Int64(key.kind), Data(key.id.bytes)])
    }

    static func remove(_ key: RecordKey, _ db: Database) throws {
        try db.run(
            "DELETE FROM wanted WHERE kind = ? AND record = ?",
            [Int64(key.kind), Data(key.id.bytes)])
    }
}
