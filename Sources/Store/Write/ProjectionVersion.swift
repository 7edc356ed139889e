import GRDB
import Replication

/// Which version of the program has made the tables: an older one and a newer one may open a notebook
/// in turn, and for a while both at once, as when a hub serves and its timer runs the program that
/// has just been installed.
struct ProjectionVersion {
    private static let madeBy = "schema"
    /// Another version than the one that made the tables has written to them, as far as it could.
    private static let isStale = "schema.stale"

    private let schema: Schema
    private let made: String?
    private let stale: Bool

    init(_ schema: Schema, _ db: Database) throws {
        self.schema = schema
        made = try Setting.value(db, Self.madeBy)
        stale = try made == schema.signature && Setting.value(db, Self.isStale) != nil
    }

    /// Whether the tables are this version's, and say all that it knows.
    var isCurrent: Bool { made == schema.signature && !stale }

    /// Makes the tables from the cells, in place of those of any other version: what nobody keeps up
    /// to date would outlive what it was made from.
    func rebuild(_ transaction: Transaction) throws {
        for name in Schema.kindNames(in: made ?? "") where schema.kind(named: name) == nil {
            try transaction.db.execute(sql: "DROP TABLE IF EXISTS \"\(name)\"")
        }
        try Projection(schema).rebuild(transaction.db)
        try SearchIndex.clear(transaction.db)
        try transaction.setSetting(Self.madeBy, schema.signature)
        try transaction.setSetting(Self.isStale, nil)
    }

    /// Before a write to tables that another version may have made since this one opened them. Those
    /// of a newer one have every column that this one fills; the newer one makes them anew when it
    /// comes to write. To tables of an older one this one cannot write.
    func prepareForWriting(_ transaction: Transaction) throws {
        if isCurrent { return }
        guard made != schema.signature, try Projection(schema).fits(transaction.db) else {
            return try rebuild(transaction)
        }
        try transaction.setSetting(Self.isStale, "yes")
    }
}

extension Store {
    /// A new version of the program may know more fields: its tables are made from the cells.
    func projectIfSchemaChanged() throws {
        guard try !read({ try ProjectionVersion(schema, $0).isCurrent }) else { return }
        try file.write(derived: true) { db in
            let transaction = try Transaction(db, schema: schema, environment: environment)
            try ProjectionVersion(schema, db).rebuild(transaction)
            try transaction.finish()
        }
    }
}
