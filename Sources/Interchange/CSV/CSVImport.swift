import Notebook
import Replication
import Store
import Wording

/// Brings in a list of people.
struct CSVImport {
    private let table: CSVTable
    private let run: ImportRun
    private let rows: RowReader

    init(_ table: CSVTable, _ run: ImportRun) {
        self.table = table
        self.run = run
        rows = RowReader(table, today: run.notebook.today)
    }

    /// Rejected rows go to `rejects`.
    func read(_ rejects: RejectedRows) throws {
        var entry = try PersonEntry(run)
        try table.forEachRow { row in
            try run.advance(to: row.line)
            do {
                try entry.take(rows.person(row))
            } catch let problem as LineProblem {
                run.report.reject(row.line, problem.reason)
                try rejects.add(row, problem.reason.text)
            }
        }
    }
}
