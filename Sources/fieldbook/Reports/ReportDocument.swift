import Notebook
import Terminal
import Wording

extension ReportTable {
    /// The table as JSON has it: each row by the names of its columns.
    func document(_ report: String?, _ facts: [(name: String, value: Tree)] = []) -> Tree {
        let rows = rows.map { row in
            Tree.fields(zip(columns, row).map { ($0.name, $1.tree) })
        }
        let figures = figures.map { ($0.name, $0.value.tree) }
        return .fields(
            [
                ("report", report.map(Tree.text) ?? .null), ("rows", .list(rows)),
                ("figures", .fields(figures)),
                ("notes", .list(notes.map { .text($0.text(in: .english)) })),
            ] + facts)
    }

    /// The table for a spreadsheet, the names of the columns first.
    var csv: String {
        CSV.line(columns.map { .plain($0.name) })
            + rows.map { CSV.line($0.map(\.cell)) }.joined()
    }
}
