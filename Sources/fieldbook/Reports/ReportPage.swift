import Notebook
import Terminal

/// A report as a page.
struct ReportPage {
    /// Rows beyond which a page says how many there are instead.
    static let mostRows = 40
    private static let barColumns = 8

    let table: ReportTable
    let today: Day

    func fill(_ page: inout Page, all: Bool) {
        guard !table.rows.isEmpty else {
            page.line(table.nothing)
            return fillFigures(&page)
        }
        let rows = all ? table.rows[...] : table.rows.prefix(Self.mostRows)
        page.table(laidOut(rows))
        if rows.count < table.rows.count {
            page.line(
                "\(rows.count) of \(table.rows.count) rows; --all prints every one.", .faint)
        }
        fillFigures(&page)
    }

    private func fillFigures(_ page: inout Page) {
        let figures = table.figures.filter { $0.value != .none }
        if !figures.isEmpty { page.line() }
        var facts = Table([.fixed(""), .text("")])
        for figure in figures { facts.row(figure.words, figure.value.words(today: today)) }
        page.table(facts)
        for note in table.notes { page.paragraph(note) }
    }

    private func laidOut(_ rows: ArraySlice<[ReportValue]>) -> Table {
        let shown = table.columns.indices.filter { table.columns[$0].look != .hidden }
        var laidOut = Table(shown.map { Self.column(table.columns[$0]) })
        let columns = shown.map { words(rows, $0) }
        for row in rows.indices {
            laidOut.row(columns.map { Table.Cell($0[row - rows.startIndex]) })
        }
        return laidOut
    }

    /// A column's cells, numbers on the right and each with its bar.
    private func words(_ rows: ArraySlice<[ReportValue]>, _ column: Int) -> [String] {
        let values = rows.map { $0[column] }
        let words = values.map { $0.words(today: today) }
        let width = zip(values, words).filter(\.0.isNumber).map { Wrapping.width($1) }.max() ?? 0
        let greatest = values.compactMap(\.length).max() ?? 0
        return zip(values, words).map { value, word in
            guard value.isNumber else { return word }
            let number = String(repeating: " ", count: width - Wrapping.width(word)) + word
            guard table.columns[column].look == .bar, let length = value.length else {
                return number
            }
            return number + " "
                + Bars.bar(length, of: greatest, columns: Self.barColumns)
        }
    }

    private static func column(_ column: ReportTable.Column) -> Table.Column {
        switch column.look {
        case .name: .name(column.title)
        case .text: .text(column.title)
        case .fixed, .bar, .hidden: .fixed(column.title)
        }
    }
}
