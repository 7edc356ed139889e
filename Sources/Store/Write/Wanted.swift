import Foundation
import GRDB
package import Replication

extension Store {
    /// Has the hub send these records whole, to be compared with what is here.
    package func compare(_ keys: Set<RecordKey>) throws {
        try write { transaction in
            for key in keys.sorted() {
                try Wanted.insert(key, toCompare: true, transaction.db)
            }
        }
    }
}

/// Records that the hub is to send whole: because what is here of them is not to be trusted, or
/// because it is not the same there.
enum Wanted {
    static func all(_ db: Database) throws -> [RecordKey] {
        var statement = try FastStatement(db, "SELECT kind, record FROM wanted LIMIT 1000")
        var keys: [RecordKey] = []
        while try statement.step() {
            keys.append(RecordKey(try statement.number(0), try statement.id(1)))
        }
        return keys
    }

    /// A record that is not to be trusted is not to be compared either.
    static func insert(_ key: RecordKey, toCompare: Bool = false, _ db: Database) throws {
        try db.run(
            """
            INSERT INTO wanted(kind, record, toCompare) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET toCompare = min(toCompare, excluded.toCompare)
            """, [Int64(key.kind), Data(key.id.bytes), toCompare])
    }

    /// Takes a record off the list. Returns whether it was to be compared.
    static func remove(_ key: RecordKey, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: "DELETE FROM wanted WHERE kind = ? AND record = ? RETURNING toCompare"),
            arguments: [Int64(key.kind), Data(key.id.bytes)]) ?? false
    }
}
