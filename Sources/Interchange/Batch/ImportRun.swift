import GRDB
import Notebook
import Replication
import Store

/// One import on its way into the notebook: one transaction, so that a file that breaks off half way
/// leaves nothing, with an act for each record.
final class ImportRun {
    let notebook: Notebook
    let transaction: Transaction
    var report = ImportReport()
    /// Where this laptop's earlier imports were taken back: what that emptied may be filled again.
    private let undone: [ClosedRange<Seq>]
    private let first: Seq
    private let progress: (Int) -> Void
    private var sinceFlush = 0
    private static let flushedCommits = 4096

    init(
        _ notebook: Notebook, _ transaction: Transaction, _ progress: @escaping (Int) -> Void
    ) throws {
        self.notebook = notebook
        self.transaction = transaction
        self.progress = progress
        first = transaction.meta.head.seq + 1
        undone = try transaction.read {
            try ImportBatches.undone(by: notebook.store.device, $0)
        }
    }

    /// Commits one act. Returns whether it changed anything.
    @discardableResult
    func commit(_ edits: [Edit]) throws -> Bool {
        let dots = try transaction.commit(edits, by: notebook.me.member)
        sinceFlush += dots.count
        if sinceFlush >= Self.flushedCommits {
            // Memory stays bounded, however long the file.
            try transaction.read { _ in }
            sinceFlush = 0
        }
        return !dots.isEmpty
    }

    func state(of key: RecordKey) throws -> RecordState { try transaction.state(of: key) }

    /// Tells whoever waits how many lines were read.
    func advance(to line: Int) throws {
        guard line.isMultiple(of: 1000) else { return }
        progress(line)
        // What was only looked at is forgotten too.
        try transaction.read { _ in }
    }

    /// Whether a write of this notebook took an import back.
    func isUndo(_ write: Write) -> Bool {
        write.dot.device == notebook.store.device
            && undone.contains { $0.contains(write.dot.seq) }
    }

    /// Whether a record was deleted by taking back the import that had made it.
    func wasTakenBack(_ state: RecordState) -> Bool {
        guard state.life == .deleted, let life = state[CommonField.life] else { return false }
        return life.live.allSatisfy(isUndo)
    }

    /// Writes down that there was this import, unless it changed nothing.
    func remember(_ file: String, digest: String) throws {
        let last = transaction.meta.head.seq
        guard last >= first else { return }
        let id = notebook.store.environment.newID()
        try ImportBatches.remember(
            id, file: file, digest: digest, range: first...last, report, notebook, transaction)
        report.batch = id
    }
}

extension Notebook {
    /// Runs an import in one transaction; a dry run leaves nothing of it.
    func importing(
        _ file: String, digest: String, isDryRun: Bool, progress: @escaping (Int) -> Void,
        _ body: (ImportRun) throws -> Void
    ) throws -> ImportReport {
        if let scope = try store.meta().cursor?.scope, case .spaces = scope {
            throw InterchangeError.leadersDoNotImport
        }
        do {
            var report = try store.write { transaction in
                let run = try ImportRun(self, transaction, progress)
                try body(run)
                guard !isDryRun else { throw DryRun(report: run.report) }
                try run.remember(file, digest: digest)
                return run.report
            }
            try report.recognize(self)
            return report
        } catch let dryRun as DryRun {
            var report = dryRun.report
            report.isDryRun = true
            try report.recognize(self)
            return report
        }
    }
}

/// Ends a transaction that was only to be tried.
private struct DryRun: Error {
    let report: ImportReport
}
