import GRDB
import Notebook
import Replication
import Store

/// The imports that a notebook remembers.
enum ImportBatches {
    static func remember(
        _ id: RecordID, file: String, digest: String, range: ClosedRange<Seq>,
        _ report: ImportReport, _ notebook: Notebook, _ transaction: Transaction
    ) throws {
        let numbers: [(FieldSchema, Int)] = [
            (ImportBatch.created, report.created), (ImportBatch.updated, report.updated),
            (ImportBatch.skipped, report.skipped), (ImportBatch.rejected, report.rejected),
            (ImportBatch.first, Int(range.lowerBound)), (ImportBatch.last, Int(range.upperBound)),
        ]
        let changes: [Change] =
            [
                .set(ImportBatch.file, .text(file)), .set(ImportBatch.digest, .text(digest)),
                .set(ImportBatch.on, .day(notebook.today.number)),
                .set(ImportBatch.device, .text(notebook.store.device.description)),
            ] + numbers.map { .set($0, .int(Int64($1))) }
        try transaction.commit(
            [Edit(ImportBatch.key(id), home: Space.organizers, changes)], by: notebook.me.member)
    }

    /// The commits by which this device took imports back.
    static func undone(by device: DeviceID, _ db: Database) throws -> [ClosedRange<Seq>] {
        var statement = try FastStatement(
            db,
            """
            SELECT undoneFirst, undoneLast FROM importBatch
            WHERE device = ? AND undoneFirst <= undoneLast
            """)
        statement.bind(text: Array(device.description.utf8))
        var ranges: [ClosedRange<Seq>] = []
        while try statement.step() {
            let (first, last) = (try statement.seq(0), try statement.seq(1))
            ranges.append(first...last)
        }
        return ranges
    }

    /// The commits of an import. Throws when it cannot be taken back here.
    static func range(
        of key: RecordKey, _ notebook: Notebook, _ db: Database
    ) throws -> ClosedRange<Seq> {
        guard key.kind == ImportBatch.kind.number, let state = try Records.state(of: key, db),
            let first = state.value(of: ImportBatch.first.number)?.int,
            let last = state.value(of: ImportBatch.last.number)?.int,
            let from = Seq(exactly: first), let to = Seq(exactly: last), from <= to
        else { throw InterchangeError.notABatch(id: key.id.shortened) }
        let device = state.value(of: ImportBatch.device.number)?.text
        guard device == notebook.store.device.description else {
            throw InterchangeError.batchFromElsewhere(id: key.id.shortened)
        }
        guard state.value(of: ImportBatch.undone.number) == nil else {
            throw InterchangeError.alreadyUndone(id: key.id.shortened)
        }
        return from...to
    }
}
