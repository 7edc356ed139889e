import Notebook
import Terminal
import Wording

/// A report as a page.
struct ReportPage {
    /// Rows beyond which a page says how many there are instead.
    static let mostRows = 40
    private static let barColumns = 8

    let table: ReportTable
    let today: Day

    func fill(_ page: inout Page, all: Bool) {
        guard !table.rows.isEmpty else {
            page.paragraph(table.nothing)
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
        let parts = shown.flatMap { columns(rows, $0) }
        var laidOut = Table(parts.map(\.column))
        for row in rows.indices {
            laidOut.row(parts.map { Table.Cell($0.words[row - rows.startIndex]) })
        }
        return laidOut
    }

    /// A column as a page has it, with its bars in one of their own.
    private func columns(
        _ rows: ArraySlice<[ReportValue]>, _ index: Int
    ) -> [(column: Table.Column, words: [String])] {
        let (column, values) = (table.columns[index], rows.map { $0[index] })
        let words = values.map { $0.words(today: today) }
        guard values.contains(where: \.isNumber) else { return [(Self.column(column), words)] }
        let numbers = (column: Table.Column.number(column.title), words: words)
        guard column.look == .bar else { return [numbers] }
        // A share is drawn as a part of all, however small the others are.
        let whole = values.contains(where: \.isShare) ? 1.0 : 0
        let greatest = max(whole, values.compactMap(\.length).max() ?? 0)
        let bars = values.map {
            Bars.bar($0.length ?? 0, of: greatest, columns: Self.barColumns)
        }
        return [numbers, (column: .fixed(""), words: bars)]
    }

    private static func column(_ column: ReportTable.Column) -> Table.Column {
        switch column.look {
        case .name: .name(column.title)
        case .text: .text(column.title)
        case .fixed, .bar, .hidden: .fixed(column.title)
        }
    }
}
