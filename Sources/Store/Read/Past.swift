import GRDB
import Replication

extension Store {
    /// Runs `body` on the store as it was at a moment (milliseconds since 1970): of what was written
    /// later nothing is there. It can be read, and never written; who writes the file meanwhile waits.
    ///
    /// Of each cell it has the write that was shown: of the writes up to then, those that have been
    /// overwritten since included, the one that wins. What overwrites a value is stamped later than
    /// it, so that the winner was not overwritten by then. What stood beside it is there too when it
    /// stands to this day. What had been overwritten is its history.
    package func asKnown<Result>(
        upTo milliseconds: UInt64, environment: Environment, _ body: (Store) throws -> Result
    ) throws -> Result {
        try file.supposing {
            try Past(upTo: milliseconds, schema).rewind($0)
        } _: {
            try body(Store(file: $0, schema: schema, environment: environment))
        }
    }
}

/// Takes back what was written after a moment. Most records have not changed since, and stay.
private struct Past {
    private let end: UInt64
    private let schema: Schema
    private let projection: Projection

    init(upTo milliseconds: UInt64, _ schema: Schema) {
        end = milliseconds
        self.schema = schema
        projection = Projection(schema)
    }

    /// Of which records something was written later.
    private struct Later {
        /// All that there is of them.
        var made: [(rowID: Int64, key: RecordKey)] = []
        /// A part of it.
        var changed: Set<Int64> = []
    }

    func rewind(_ db: Database) throws {
        let later = try later(db)
        for rowID in later.changed.sorted() { try rewind(rowID, db) }
        try hide(later.made.map(\.key), db)
    }

    private func later(_ db: Database) throws -> Later {
        var later = Later()
        var row = try FastStatement(db, "SELECT rowid, state, kind, id FROM record")
        while try row.step() {
            guard let span = try RecordState.span(encoded: row.bytes(1)), !isKnown(span.upperBound)
            else { continue }
            if isKnown(span.lowerBound) {
                later.changed.insert(row.int(0))
            } else {
                later.made.append((row.int(0), RecordKey(try row.number(2), try row.id(3))))
            }
        }
        var older: Set<Int64> = []
        var death = try FastStatement(db, "SELECT record, effective FROM history")
        while try death.step() {
            if try isKnown(death.stamp(1)) {
                older.insert(death.int(0))
            } else {
                later.changed.insert(death.int(0))
            }
        }
        later.changed.formUnion(later.made.lazy.map(\.rowID).filter(older.contains))
        later.made.removeAll { older.contains($0.rowID) }
        later.changed.subtract(later.made.lazy.map(\.rowID))
        return later
    }

    /// Puts before each table a view of it that leaves records out. To take thousands of them out of the
    /// tables themselves, and of every index, takes many times as long.
    private func hide(_ records: [RecordKey], _ db: Database) throws {
        guard !records.isEmpty else { return }
        try db.execute(
            sql: """
                CREATE TEMP TABLE hidden(kind INTEGER, id BLOB, PRIMARY KEY(kind, id)) WITHOUT ROWID
                """)
        var row = try FastStatement(db, "INSERT INTO hidden(kind, id) VALUES (?, ?)")
        for key in records {
            row.bind(Int64(key.kind))
            row.bind(key.id.bytes)
            try row.run()
        }
        try putView(before: "record", of: "now.kind", db)
        for kind in schema.kinds { try putView(before: kind.table, of: "\(kind.number)", db) }
    }

    private func putView(before table: String, of kind: String, _ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TEMP VIEW \(table) AS SELECT * FROM main.\(table) AS now
                WHERE NOT EXISTS (SELECT 1 FROM hidden WHERE kind = \(kind) AND id = now.id)
                """)
    }

    private func rewind(_ rowID: Int64, _ db: Database) throws {
        var row = try FastStatement(db, "SELECT kind, id, state FROM record WHERE rowid = ?")
        row.bind(rowID)
        defer { row.reset() }
        guard try row.step() else { return }
        let key = RecordKey(try row.number(0), try row.id(1))
        let dead = try History.dead(of: rowID, db).filter { isKnown($0.write.effective) }
        let then = state(try RecordState(encoded: row.bytes(2)), with: dead)
        try run("DELETE FROM history WHERE record = ?", rowID, db)
        guard !then.cells.isEmpty else {
            try run("DELETE FROM record WHERE rowid = ?", rowID, db)
            return try projection.remove(key, db)
        }
        try StoredRecord.replace(rowID, with: then, db)
        for death in overwritten(dead, in: then) { try History.insert(death, of: rowID, db) }
        try projection.update(key, then, db)
    }

    private func run(_ sql: String, _ rowID: Int64, _ db: Database) throws {
        var statement = try FastStatement(db, sql)
        statement.bind(rowID)
        try statement.run()
    }

    private func isKnown(_ stamp: Stamp) -> Bool { stamp.milliseconds <= end }

    /// A delete names the values that it saw. Those that were written after it, a later one saw.
    private func state(_ state: RecordState, with dead: [HistoryEntry]) -> RecordState {
        var live: [CellKey: [Write]] = [:]
        for cell in state.cells { live[cell.key] = cell.live.filter { isKnown($0.effective) } }
        var all = live
        for entry in dead { all[entry.cell, default: []].append(entry.write) }
        let cells = all.compactMap { key, writes -> Cell? in
            guard let winner = Cell(key: key, live: writes).winner else { return nil }
            // What still stands today has stood ever since it was written.
            let others = (live[key] ?? []).filter { $0.dot != winner.dot }
            let standing = (others + [winner]).sorted { $0.dot < $1.dot }
            guard key.field == CommonField.life else { return Cell(key: key, live: standing) }
            let written = all.values.joined().filter { $0.effective > winner.effective }
            let seen = (state[key]?.dead ?? []).filter { dot in
                (standing + written).allSatisfy { $0.dot != dot }
            }
            return Cell(key: key, live: standing, dead: seen)
        }
        return RecordState(cells: cells.sorted { $0.key < $1.key })
    }

    /// Those of the dead writes that were dead then.
    private func overwritten(_ dead: [HistoryEntry], in then: RecordState) -> [Died] {
        dead.filter { entry in
            then[entry.cell]?.live.allSatisfy { $0.dot != entry.write.dot } ?? true
        }.map { Died($0.cell, $0.write) }
    }
}
