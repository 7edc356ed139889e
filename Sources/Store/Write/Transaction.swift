package import GRDB
package import Replication

/// One write transaction: the one way in for edits and for what others wrote.
///
/// Records are read once, changed in memory, and written back in key order at the end, so that a
/// thousand commits on a hundred records cost a hundred rows.
package final class Transaction {
    package let db: Database
    let schema: Schema
    let environment: Environment
    package internal(set) var meta: Meta
    let oldMeta: Meta
    var clock: HybridClock
    var hasNotedMove = false
    /// Something is gone for good: nothing of it may stay in the file.
    var mustScrub = false
    /// The same of the search index.
    var mustScrubIndex = false
    /// This transaction has met a record that is erased.
    var knowsOfErased = false
    /// It has taken something of one out of the file.
    var hasErased = false
    private var records: [RecordKey: StoredRecord] = [:]
    private var changed: Set<RecordKey> = []
    private var sums: [SpaceID: Fingerprint] = [:]
    /// The greatest effective stamp among the merged commits, folded into the clock at the end.
    private var observed = Stamp(rawValue: 0)

    init(_ db: Database, schema: Schema, environment: Environment) throws {
        self.db = db
        self.schema = schema
        self.environment = environment
        meta = try Meta.load(db)
        oldMeta = meta
        clock = HybridClock(last: meta.clock)
    }

    /// Applies a commit of any device to its record.
    package func merge(_ commit: Commit) throws {
        try edit(commit.key) { $0.apply(commit) }
        observed = max(observed, commit.effective)
    }

    /// Merges another replica's state of a record.
    package func merge(_ state: RecordState, into key: RecordKey) throws {
        try edit(key) { $0.merge(state) }
    }

    /// The record's state with what this transaction has done so far; empty when there is none.
    package func state(of key: RecordKey) throws -> RecordState {
        try record(key).state
    }

    /// The space the record lives in; nil when the notebook does not hold it.
    package func space(of key: RecordKey) throws -> SpaceID? {
        try record(key).state.space
    }

    /// Reads the tables with everything that this transaction has done so far.
    package func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try flush()
        return try body(db)
    }

    /// Changes a record's state and keeps what died of it as history.
    func edit(_ key: RecordKey, _ body: (inout RecordState) -> [Died]) throws {
        _ = try record(key)
        // In its place: a copy would be made anew for every commit.
        records[key, default: StoredRecord()].edit(body)
        changed.insert(key)
    }

    /// Drops a record from cells, tables, history and search, as if it had never come. Not one of its
    /// words stays.
    func drop(_ key: RecordKey) throws {
        try flush()
        let record = try record(key)
        records[key] = nil
        guard let rowID = record.rowID else { return }
        sums[record.oldSpace, default: Fingerprint()] -= record.oldFingerprint
        mustScrub = true
        try unindex(rowID)
        for table in ["unindexed WHERE record", "record WHERE rowid", "history WHERE record"] {
            try db.run("DELETE FROM \(table) = ?", [rowID])
        }
        try Projection(schema).remove(key, db)
    }

    /// Writes back what has changed, and reads everything anew from now on: its rows are about to go.
    func forgetRecords() throws {
        try flush()
        records = [:]
        sums = [:]
    }

    /// Writes back every changed record, its history and its row.
    private func flush() throws {
        // Memory stays bounded however much one transaction merges or looks at.
        defer { if records.count > 20_000 { records.removeAll(keepingCapacity: true) } }
        guard !changed.isEmpty else { return }
        let projection = Projection(schema)
        for key in changed.sorted() {
            guard var record = records[key] else { continue }
            let wasHere = record.rowID != nil
            let difference = try record.save(key, db, schema)
            if record.state.isErased { try scrub(key, wasAt: wasHere ? record.rowID : nil) }
            for (space, fingerprint) in difference.added {
                sums[space, default: .init()] += fingerprint
            }
            for (space, fingerprint) in difference.removed {
                sums[space, default: .init()] -= fingerprint
            }
            try projection.update(key, record.state, db)
            records[key] = record
        }
        changed.removeAll(keepingCapacity: true)
    }

    func finish() throws {
        try flush()
        for (space, difference) in sums where difference != Fingerprint() {
            try FingerprintTable.add(difference, to: space, db)
        }
        try eraseOwnCommits()
        if hasErased { try Setting.noteErased(self) }
        if mustScrubIndex { try SearchIndex.scrub(db) }
        clock.observe(observed)
        meta.clock = clock.last
        try meta.save(db, replacing: oldMeta)
    }

    private func record(_ key: RecordKey) throws -> StoredRecord {
        if let known = records[key] { return known }
        let record = try StoredRecord.load(key, db)
        records[key] = record
        return record
    }
}

extension RecordState {
    /// The space that the winning move names.
    package var space: SpaceID? { value(of: CommonField.space)?.id }
}
