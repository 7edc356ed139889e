package import GRDB
package import Replication

/// Records and their cells, for those who read.
package enum Records {
    /// A record's state; nil when the notebook does not hold it.
    package static func state(of key: RecordKey, _ db: Database) throws -> RecordState? {
        try find(key, db)?.state
    }

    /// The winner's text of a field that is too long for a table; nil when there is none.
    package static func text(
        of key: RecordKey, _ field: FieldSchema, _ db: Database
    ) throws -> String? {
        try state(of: key, db)?.value(of: field.number)?.text
    }

    static func find(_ key: RecordKey, _ db: Database) throws -> (rowID: Int64, state: RecordState)?
    {
        var statement = try FastStatement(
            db, "SELECT rowid, state FROM record WHERE id = ? AND kind = ?")
        statement.bind(key.id.bytes)
        statement.bind(Int64(key.kind))
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        return (statement.int(0), try RecordState(encoded: statement.bytes(1)))
    }

    /// The keys of all records with this id, in order of kind.
    package static func keys(of id: RecordID, _ db: Database) throws -> [RecordKey] {
        var row = try FastStatement(db, "SELECT kind FROM record WHERE id = ? ORDER BY kind")
        row.bind(id.bytes)
        var keys: [RecordKey] = []
        while try row.step() { keys.append(RecordKey(try row.number(0), id)) }
        return keys
    }

    /// The keys of all records with this id, or whose id ends in these hexadecimal digits.
    package static func keys(endingIn digits: String, _ db: Database) throws -> [RecordKey] {
        guard digits.utf8.count <= 32 else { return [] }
        var row = try FastStatement(
            db, "SELECT kind, id FROM record WHERE lower(hex(id)) LIKE '%' || ? LIMIT 20")
        row.bind(text: Array(digits.lowercased().utf8))
        var keys: [RecordKey] = []
        while try row.step() { keys.append(RecordKey(try row.number(0), try row.id(1))) }
        return keys
    }

    /// The records with something to settle, in order of id.
    package static func inConflict(_ db: Database) throws -> [(key: RecordKey, state: RecordState)]
    {
        try list("WHERE conflicts > 0", db)
    }

    /// The keys of what was deleted, of one kind, in order of id.
    package static func deletedKeys(_ kind: Kind, _ db: Database) throws -> [RecordKey] {
        var row = try FastStatement(
            db, "SELECT id FROM record WHERE life = 1 AND kind = ? ORDER BY id")
        row.bind(Int64(kind))
        var keys: [RecordKey] = []
        while try row.step() { keys.append(RecordKey(kind, try row.id(0))) }
        return keys
    }

    /// The records that were deleted, of one kind.
    package static func deleted(
        _ kind: Kind, _ db: Database
    ) throws -> [(key: RecordKey, state: RecordState)] {
        try list("WHERE life = 1 AND kind = \(kind)", db)
    }

    private static func list(
        _ condition: String, _ db: Database
    ) throws -> [(key: RecordKey, state: RecordState)] {
        // The plus keeps SQLite from walking the index by id, and so every record, to find a few.
        var statement = try FastStatement(
            db, "SELECT kind, id, state FROM record \(condition) ORDER BY +id, kind")
        var found: [(key: RecordKey, state: RecordState)] = []
        while try statement.step() {
            let key = RecordKey(try statement.number(0), try statement.id(1))
            found.append((key, try RecordState(encoded: statement.bytes(2))))
        }
        return found
    }

    /// Whether any record was erased.
    package static func hasErased(_ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM record WHERE life = 3)")) ?? false
    }

    package static func count(_ db: Database) throws -> Int {
        try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM record")) ?? 0
    }

    /// How many records have something to settle.
    package static func conflictCount(_ db: Database) throws -> Int {
        try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM record WHERE conflicts > 0"))
            ?? 0
    }
}
