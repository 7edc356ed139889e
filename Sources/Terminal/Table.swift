package import Wording

/// Rows in aligned columns that fit the page.
package struct Table {
    /// How a column gives way where the page is narrow.
    package enum Column {
        /// Never cut: half of a date, an id or a number says nothing.
        case fixed(Phrase)
        /// Never cut, and on the right, so that ones stand under ones.
        case number(Phrase)
        /// Goes on in a second line, before others give way, and is shortened beyond that: a name is
        /// known by its beginning.
        case name(Phrase)
        /// Goes on in the next line. As the last column it goes below the row where little is left
        /// beside it.
        case text(Phrase)

        fileprivate var title: Phrase {
            switch self {
            case .fixed(let title), .number(let title), .name(let title), .text(let title): title
            }
        }
    }

    package struct Cell {
        /// One under the other.
        let lines: [String]
        let style: Page.Style

        package init(_ phrase: Phrase, _ style: Page.Style = .plain) {
            self.init(lines: [phrase.text], style)
        }

        /// A name, a number, an id: the same in every language.
        @_disfavoredOverload
        package init(_ text: (some StringProtocol)?, _ style: Page.Style = .plain) {
            self.init(lines: [text.map { String($0) } ?? ""], style)
        }

        package init(lines: [String], _ style: Page.Style = .plain) {
            self.lines = lines
            self.style = style
        }

        /// Each line as one; of a name that is longer than any page no more than its beginning.
        fileprivate func fit(for column: Column) -> Cell {
            Cell(lines: lines.map { Plain.oneLine(column.isName ? Self.beginning($0) : $0) }, style)
        }

        private static func beginning(_ name: String) -> String {
            guard name.utf8.count > mostOfName else { return name }
            return String(String.UnicodeScalarView(name.unicodeScalars.prefix(mostOfName))) + "…"
        }

        private static let mostOfName = 400

        var width: Int { lines.map { Wrapping.width($0) }.max() ?? 0 }
    }

    private let columns: [Column]
    private let indent: Int
    private var rows: [[Cell]] = []

    /// Without titles no head is printed.
    package init(_ columns: [Column], indent: Int = 0) {
        self.columns = columns
        self.indent = indent
    }

    package mutating func row(_ cells: Cell...) {
        row(cells)
    }

    package mutating func row(_ cells: [Cell]) {
        rows.append(zip(cells, columns).map { $0.fit(for: $1) })
    }

    /// A fact: what it is, and what is so.
    package mutating func row(_ what: Phrase, _ fact: Phrase) {
        row([Cell(what), Cell(fact)])
    }

    @_disfavoredOverload
    package mutating func row(_ what: Phrase, _ fact: (some StringProtocol)?) {
        row([Cell(what), Cell(fact)])
    }

    /// The table's lines for a page of this many columns.
    package func text(columns pageColumns: Int) -> String {
        // Columns in which no row has anything are left out.
        let shown = columns.indices.filter { column in rows.contains { $0[column].width > 0 } }
        let lines = head(shown) + rows.map { row in shown.map { row[$0] } }
        let layout = TableLayout(
            shown.map { columns[$0] },
            naturalWidths: shown.indices.map { column in
                lines.map { $0[column].width }.max() ?? 0
            }, room: pageColumns - indent)
        return lines.enumerated().map { index, row in
            text(row, layout, isHead: index < lines.count - rows.count)
        }.joined()
    }

    private func head(_ shown: [Int]) -> [[Cell]] {
        let titles = shown.map { Cell(columns[$0].title, .bold) }
        return titles.contains { $0.width > 0 } ? [titles] : []
    }

    /// A row, the columns for which there is no room below the others.
    private func text(_ row: [Cell], _ layout: TableLayout, isHead: Bool) -> String {
        var rest = row[...]
        return layout.bands.enumerated().map { index, band in
            let cells = Array(rest.prefix(band.columns.count))
            rest = rest.dropFirst(cells.count)
            let isEmpty = index > 0 && cells.allSatisfy { $0.width == 0 }
            guard !isEmpty, band.hasTitles || !isHead else { return "" }
            let margin = index > 0 ? TableLayout.indent : 0
            return text(cells, band.columns, layout.gap, indent + margin)
        }.joined()
    }

    private func text(
        _ row: [Cell], _ columns: [TableLayout.Column], _ gap: Int, _ indent: Int
    ) -> String {
        let cells = zip(row, columns).map { cell, column in
            cell.lines.flatMap { column.lines(of: $0) }
        }
        let height = cells.map(\.count).max() ?? 0
        return (0..<height).map { line in
            let parts = cells.indices.map { column in
                let text = cells[column].indices.contains(line) ? cells[column][line] : ""
                let isLast = column == cells.count - 1
                let filled = isLast ? text : Wrapping.padded(text, columns[column].width)
                return Page.styled(filled, row[column].style)
            }
            return printed(parts.joined(separator: String(repeating: " ", count: gap)), indent)
        }.joined()
    }

    private func printed(_ line: String, _ indent: Int) -> String {
        guard let end = line.lastIndex(where: { $0 != " " }) else { return "\n" }
        return String(repeating: " ", count: indent) + line[...end] + "\n"
    }
}
