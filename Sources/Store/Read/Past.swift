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
            try Past(upTo: milliseconds, Projection(schema)).rewind($0)
        } _: {
            try body(Store(file: $0, schema: schema, environment: environment))
        }
    }
}

/// Takes back what was written after a moment. Most records have not changed since, and stay.
private struct Past {
    private let end: UInt64
    private let projection: Projection

    init(upTo milliseconds: UInt64, _ projection: Projection) {
        end = milliseconds
        self.projection = projection
    }

    func rewind(_ db: Database) throws {
        for rowID in try changedSince(db) { try rewind(rowID, db) }
    }

    /// The records of which something was written later.
    private func changedSince(_ db: Database) throws -> [Int64] {
        var changed: Set<Int64> = []
        var row = try FastStatement(db, "SELECT rowid, state FROM record")
        while try row.step() {
            let latest = try RecordState.latest(encoded: row.bytes(1))
            if !isKnown(latest) { changed.insert(row.int(0)) }
        }
        var death = try FastStatement(db, "SELECT record, effective FROM history")
        while try death.step() {
            if try !isKnown(death.stamp(1)) { changed.insert(death.int(0)) }
        }
        return changed.sorted()
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
