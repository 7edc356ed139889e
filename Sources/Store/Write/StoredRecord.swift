import GRDB
import Replication

/// A record as the file holds it, and what a transaction has made of it.
struct StoredRecord {
    /// Nil until it has been written.
    private(set) var rowID: Int64?
    var state = RecordState()
    /// Writes that died since it was read.
    private var died: [Died] = []
    private(set) var oldSpace = Space.organizers
    private(set) var oldFingerprint = Fingerprint()

    static func load(_ key: RecordKey, _ db: Database) throws -> StoredRecord {
        var statement = try FastStatement(
            db, "SELECT rowid, space, state, fingerprint FROM record WHERE id = ? AND kind = ?")
        statement.bind(key.id.bytes)
        statement.bind(Int64(key.kind))
        defer { statement.reset() }
        var record = StoredRecord()
        guard try statement.step() else { return record }
        record.rowID = statement.int(0)
        record.oldSpace = SpaceID(bytes: statement.bytes(1)) ?? Space.organizers
        record.state = try RecordState(encoded: statement.bytes(2))
        record.oldFingerprint = Fingerprint(bytes: statement.bytes(3)) ?? Fingerprint()
        return record
    }

    /// Puts another state into a row, in a file that is never written.
    static func replace(_ rowID: Int64, with state: RecordState, _ db: Database) throws {
        var record = StoredRecord()
        record.rowID = rowID
        record.state = state
        try record.update(state.space ?? Space.organizers, Fingerprint(), db)
    }

    /// Changes the state and keeps what died of it.
    mutating func edit(_ body: (inout RecordState) -> [Died]) {
        died += body(&state)
    }

    /// What a write added to and took from the sums of the spaces.
    struct Difference {
        var added: [(SpaceID, Fingerprint)] = []
        var removed: [(SpaceID, Fingerprint)] = []
    }

    /// Writes the state and the history of what died.
    mutating func save(_ key: RecordKey, _ db: Database, _ schema: Schema) throws -> Difference {
        var difference = Difference()
        if rowID != nil { difference.removed.append((oldSpace, oldFingerprint)) }
        // A record whose first commit has not arrived is nobody's but the organizers'.
        let space = state.space ?? Space.organizers
        let fingerprint = Fingerprint(of: key, state)
        let isSearchable = schema[key.kind]?.isSearchable ?? false
        if let rowID {
            if isSearchable { try SearchIndex.mark(rowID, db) }
            try update(space, fingerprint, db)
        } else {
            let rowID = try insert(key, space, fingerprint, db)
            if isSearchable { try SearchIndex.markNew(rowID, db) }
        }
        oldSpace = space
        oldFingerprint = fingerprint
        difference.added.append((space, fingerprint))
        try saveHistory(db)
        return difference
    }

    private mutating func insert(
        _ key: RecordKey, _ space: SpaceID, _ fingerprint: Fingerprint, _ db: Database
    ) throws -> Int64 {
        var statement = try FastStatement(
            db,
            """
            INSERT INTO record(space, state, fingerprint, life, conflicts, kind, id)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        bind(&statement, space, fingerprint)
        statement.bind(Int64(key.kind))
        statement.bind(key.id.bytes)
        try statement.run()
        rowID = statement.lastRowID
        return statement.lastRowID
    }

    private func update(_ space: SpaceID, _ fingerprint: Fingerprint, _ db: Database) throws {
        var statement = try FastStatement(
            db,
            """
            UPDATE record SET space = ?, state = ?, fingerprint = ?, life = ?, conflicts = ?
            WHERE rowid = ?
            """)
        bind(&statement, space, fingerprint)
        statement.bind(rowID ?? 0)
        try statement.run()
    }

    private func bind(
        _ statement: inout FastStatement, _ space: SpaceID, _ fingerprint: Fingerprint
    ) {
        statement.bind(space.bytes)
        statement.bind(state.encoded())
        statement.bind(fingerprint.bytes)
        statement.bind(state.life.code)
        statement.bind(Int64(state.conflicts.count))
    }

    private mutating func saveHistory(_ db: Database) throws {
        guard let rowID else { return }
        if state.isErased {
            try db.run("DELETE FROM history WHERE record = ?", [rowID])
        } else {
            for death in died { try History.insert(death, of: rowID, db) }
        }
        died = []
    }
}

extension Life {
    /// As the column `life` holds it.
    package var code: Int64 {
        switch self {
        case .alive: 0
        case .deleted: 1
        case .deletedWhileEdited: 2
        case .erased: 3
        }
    }
}
