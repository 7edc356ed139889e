import GRDB
package import Notebook
package import Replication
import Store

/// What taking an import back did.
package struct UndoReport: Sendable {
    /// Records that the import had made, and that are gone.
    package internal(set) var deleted = 0
    /// Records in which fields were set back.
    package internal(set) var setBack = 0
    /// Records that the import had made, and that somebody has written in or referred to since.
    package internal(set) var kept: [RecordKey] = []
    /// Fields that somebody has changed since.
    package internal(set) var keptFields = 0
}

extension Notebook {
    /// Takes an import back: what it made is deleted, and what it changed is set back, each unless
    /// somebody has gone on with it since. Throws `InterchangeError` and `NotebookError`.
    package func undoImport(_ batch: String) throws -> UndoReport {
        let key = try findRecord(batch)
        return try store.write { transaction in
            let range = try transaction.read { try ImportBatches.range(of: key, self, $0) }
            var undo = ImportUndo(self, transaction, range)
            let first = transaction.meta.head.seq + 1
            try undo.run()
            try remember(key, first, transaction)
            return undo.report
        }
    }

    private func remember(_ key: RecordKey, _ first: Seq, _ transaction: Transaction) throws {
        let last = transaction.meta.head.seq
        let changes: [Change] = [
            .set(ImportBatch.undone, .day(today.number)),
            .set(ImportBatch.undoneFirst, .int(Int64(first))),
            .set(ImportBatch.undoneLast, .int(Int64(last))),
        ]
        try transaction.commit([Edit(key, changes)], by: me.member)
    }
}

/// Takes the commits of an import back, the last one first.
private struct ImportUndo {
    private let notebook: Notebook
    private let transaction: Transaction
    private let range: ClosedRange<Seq>
    /// Where this undo's own commits begin.
    private let start: Seq
    private(set) var report = UndoReport()
    private var sinceFlush = 0

    init(_ notebook: Notebook, _ transaction: Transaction, _ range: ClosedRange<Seq>) {
        self.notebook = notebook
        self.transaction = transaction
        self.range = range
        start = transaction.meta.head.seq + 1
    }

    mutating func run() throws {
        let places = try transaction.read { try OwnCommits.places(range, $0) }
        let made = try places.filter { try makes($0.seq) }.map(\.key)
        let kept = try kept(of: Set(made))
        report.kept = kept.sorted()
        let gone = Set(made).subtracting(kept)
        var touched: Set<RecordKey> = []
        for (seq, key) in places where !kept.contains(key) && !gone.contains(key) {
            if try takeBack(seq, key) { touched.insert(key) }
        }
        for key in gone.sorted() where key.kind != Foreign.kind.number {
            report.deleted += try commit(Edit(key, [.delete])) ? 1 : 0
        }
        for key in gone where key.kind == Foreign.kind.number {
            _ = try commit(Edit(key, [.delete]))
        }
        report.setBack = touched.filter { $0.kind != Foreign.kind.number }.count
    }

    private func commit(at seq: Seq) throws -> Commit? {
        try OwnCommits.commit(Dot(notebook.store.device, seq), transaction.db)
    }

    /// Whether a commit is a record's first one, or brought it back from an earlier undo.
    private func makes(_ seq: Seq) throws -> Bool {
        guard let commit = try commit(at: seq) else { return false }
        return commit.writes.contains { write in
            write.field == CommonField.space && write.overwrites.isEmpty
                || write.field == CommonField.life && write.value == .restored
        }
    }

    private func isOfImport(_ dot: Dot) -> Bool {
        dot.device == notebook.store.device && range.contains(dot.seq)
    }

    private func isOurs(_ dot: Dot) -> Bool {
        isOfImport(dot) || dot.device == notebook.store.device && dot.seq >= start
    }

    /// Those of the records that the import made which somebody has written in since, and those
    /// that something which stays refers to.
    private func kept(of made: Set<RecordKey>) throws -> Set<RecordKey> {
        var kept = try made.filter { key in
            let life = try transaction.state(of: key)
            return life.life != .deleted
                && life.cells.contains { cell in cell.live.contains { isNews($0) } }
        }
        var byID: [RecordID: [RecordKey]] = [:]
        for key in made { byID[key.id, default: []].append(key) }
        while true {
            let named = try References.from(allBut: made.subtracting(kept), transaction)
            let more = named.flatMap { byID[$0] ?? [] }.filter { !kept.contains($0) }
            guard !more.isEmpty else { return kept }
            kept.formUnion(more)
        }
    }

    /// Whether a write came after the import, and not from an earlier one that was taken back.
    private func isNews(_ write: Write) -> Bool {
        guard !isOfImport(write.dot) else { return false }
        return write.dot.device != notebook.store.device || write.dot.seq > range.upperBound
    }

    /// Sets back what a commit wrote in a record that was there before.
    private mutating func takeBack(_ seq: Seq, _ key: RecordKey) throws -> Bool {
        guard let commit = try commit(at: seq) else { return false }
        let state = try transaction.state(of: key)
        var changes: [Change] = []
        for write in commit.writes {
            guard let cell = state[write.cell], cell.live.count == 1, isOurs(cell.live[0].dot)
            else {
                report.keptFields += 1
                continue
            }
            let opposite = try transaction.read { try write.opposite(in: key, $0) }
            changes += opposite.map { [$0] } ?? []
        }
        return try self.commit(Edit(key, changes))
    }

    private mutating func commit(_ edit: Edit) throws -> Bool {
        let dots = try transaction.commit([edit], by: notebook.me.member)
        sinceFlush += dots.count
        if sinceFlush > 4096 {
            try transaction.read { _ in }
            sinceFlush = 0
        }
        return !dots.isEmpty
    }
}

/// Which records name which others.
private enum References {
    /// The ids that records name, but for these: in a field, or as the turf that they live in.
    static func from(
        allBut left: Set<RecordKey>, _ transaction: Transaction
    ) throws -> Set<RecordID> {
        var named: Set<RecordID> = []
        for policy in Kinds.all where !KindName.isOurOwnAffair(policy.schema.number) {
            let fields = policy.schema.fields.filter { $0.type == .id && !$0.isSet && !$0.isLong }
            let columns = ["id", "space"] + fields.map { "\"\($0.name)\"" }
            let sql = "SELECT \(columns.joined(separator: ", ")) FROM \(policy.schema.table)"
            try transaction.read { db in
                var row = try FastStatement(db, sql)
                while try row.step() {
                    let id = try row.id(0)
                    guard !left.contains(RecordKey(policy.schema.number, id)) else { continue }
                    for column in 1..<Int32(columns.count) where !row.isNull(column) {
                        let other = try row.id(column)
                        if other != id { named.insert(other) }
                    }
                }
            }
        }
        return named
    }
}
