import GRDB
import Replication

/// What `find` looks through: the words of every record that is shown, without the text itself, which
/// the cells have.
///
/// Writing a record indexes nothing; the next search does. An index without text takes a record out
/// only by being told what it was put in as, so the table `unindexed` keeps the state under which a
/// record stands in the index for as long as it has another one now.
struct SearchIndex {
    private static let madeBy = "search"

    let schema: Schema
    let db: Database

    /// Before a record's state changes: what is in the index is not what it says any more.
    static func mark(_ rowID: Int64, _ db: Database) throws {
        var row = try FastStatement(
            db,
            """
            INSERT OR IGNORE INTO unindexed(record, indexed)
            SELECT rowid, state FROM record WHERE rowid = ?
            """)
        row.bind(rowID)
        try row.run()
    }

    /// After a record was made.
    static func markNew(_ rowID: Int64, _ db: Database) throws {
        var row = try FastStatement(db, "INSERT OR IGNORE INTO unindexed(record) VALUES (?)")
        row.bind(rowID)
        try row.run()
    }

    /// Takes everything out: all is to be indexed anew.
    static func clear(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO search(search) VALUES ('delete-all');
                DELETE FROM unindexed;
                INSERT INTO unindexed(record) SELECT rowid FROM record;
                """)
    }

    /// Takes a record out that is about to go for good. Returns whether it was in.
    func remove(_ rowID: Int64) throws -> Bool {
        guard try isOwn() else { return try removeFromAnothers() }
        try Self.mark(rowID, db)
        var row = try FastStatement(
            db,
            """
            SELECT kind, indexed FROM unindexed JOIN record ON record.rowid = unindexed.record
            WHERE unindexed.record = ?
            """)
        row.bind(rowID)
        defer { row.reset() }
        guard try row.step(), let words = try indexed(row, kind: 0, state: 1) else { return false }
        try take(words, of: rowID, out: true)
        return true
    }

    /// What is taken out leaves its words in the index's file until the index is written anew.
    static func scrub(_ db: Database) throws {
        try db.execute(sql: "INSERT INTO search(search) VALUES ('optimize')")
    }

    /// Whether a search would find what the records say.
    func isCurrent() throws -> Bool {
        try isOwn()
            && Bool.fetchOne(db.cachedStatement(sql: "SELECT NOT EXISTS (SELECT 1 FROM unindexed)"))
                ?? false
    }

    func bringUpToDate(_ transaction: Transaction) throws {
        if try !isOwn() {
            try Self.clear(db)
            try transaction.setSetting(Self.madeBy, schema.searchSignature)
        }
        var row = try FastStatement(
            db,
            """
            SELECT record.rowid, record.kind, indexed, state
            FROM unindexed JOIN record ON record.rowid = unindexed.record
            """)
        while try row.step() {
            let (old, new) = try (
                indexed(row, kind: 1, state: 2), indexed(row, kind: 1, state: 3)
            )
            guard old != new else { continue }
            if let old { try take(old, of: row.int(0), out: true) }
            if let new { try take(new, of: row.int(0), out: false) }
        }
        try db.run("DELETE FROM unindexed")
    }

    /// Whether this version of the program has made the index: another may look for words elsewhere.
    private func isOwn() throws -> Bool {
        try Setting.value(db, Self.madeBy) == schema.searchSignature
    }

    private func removeFromAnothers() throws -> Bool {
        try Self.clear(db)
        return true
    }

    private func indexed(
        _ row: FastStatement, kind: Int32, state: Int32
    ) throws -> SearchWords? {
        guard !row.isNull(state), let kind = schema[try row.number(kind)], kind.isSearchable
        else { return nil }
        return SearchWords(of: try RecordState(encoded: row.bytes(state)), kind)
    }

    private func take(_ words: SearchWords, of rowID: Int64, out: Bool) throws {
        var row = try FastStatement(
            db,
            out
                ? "INSERT INTO search(search, rowid, title, body) VALUES ('delete', ?, ?, ?)"
                : "INSERT INTO search(rowid, title, body) VALUES (?, ?, ?)")
        row.bind(rowID)
        row.bind(text: Array(words.title.parted.utf8))
        row.bind(text: Array(words.body.parted.utf8))
        try row.run()
    }
}

/// What a record can be found by: its first searchable field, and all the others.
struct SearchWords: Equatable {
    private(set) var title = ""
    private(set) var body = ""

    /// Nil for a record that nobody is shown.
    init?(of state: RecordState, _ kind: KindSchema) {
        guard state.life == .alive || state.life == .deletedWhileEdited else { return nil }
        let texts = kind.fields.filter(\.isSearchable).map { field in
            field.isSet
                ? state.elements(of: field.number).compactMap(\.text).joined(separator: " · ")
                : state.value(of: field.number)?.text ?? ""
        }
        title = texts.first ?? ""
        body = texts.dropFirst().filter { !$0.isEmpty }.joined(separator: " · ")
    }
}
