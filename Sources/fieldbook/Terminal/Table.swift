/// Rows in aligned columns that fit the page: long cells are shortened, those of the last column
/// go on in the next line.
struct Table {
    struct Cell {
        /// One under the other.
        let lines: [String]
        let style: Page.Style

        init(_ text: String?, _ style: Page.Style = .plain) {
            self.init(lines: [text ?? ""], style)
        }

        init(lines: [String], _ style: Page.Style = .plain) {
            self.lines = lines.map(Plain.oneLine)
            self.style = style
        }

        fileprivate var width: Int { lines.map { Wrapping.width($0) }.max() ?? 0 }
    }

    private let titles: [String]
    private let indent: Int
    private var rows: [[Cell]] = []
    private static let gap = "  "
    private static let narrowestLastColumn = 24

    /// Without titles no head is printed.
    init(_ titles: [String], indent: Int = 0) {
        self.titles = titles
        self.indent = indent
    }

    mutating func row(_ cells: Cell...) {
        rows.append(cells)
    }

    mutating func row(_ cells: String?...) {
        rows.append(cells.map { Cell($0) })
    }

    /// The table's lines for a page of this many columns.
    func text(columns: Int) -> String {
        let all = head + rows.map(filled)
        let widths = widths(of: all, columns - indent)
        return all.map { text($0, widths) }.joined()
    }

    private var head: [[Cell]] {
        titles.contains { !$0.isEmpty } ? [filled(titles.map { Cell($0, .bold) })] : []
    }

    /// A row without the columns in which no row has anything.
    private func filled(_ row: [Cell]) -> [Cell] {
        row.enumerated().filter { column, _ in
            rows.contains { $0[column].width > 0 }
        }.map(\.element)
    }

    private func widths(of rows: [[Cell]], _ room: Int) -> [Int] {
        guard let count = rows.map(\.count).max(), count > 0 else { return [] }
        var widths = (0..<count).map { column in
            rows.map { $0.count > column ? $0[column].width : 0 }.max() ?? 0
        }
        let gaps = Self.gap.count * (count - 1)
        let last = count - 1
        // The last column wraps; only when little is left for it do the others give way.
        let least = min(widths[last], Self.narrowestLastColumn)
        while widths.dropLast().reduce(0, +) + gaps + least > room {
            guard let widest = widths.indices.dropLast().max(by: { widths[$0] < widths[$1] }),
                widths[widest] > 8
            else { break }
            widths[widest] -= 1
        }
        let left = room - gaps - widths.dropLast().reduce(0, +)
        widths[last] = max(min(widths[last], left), min(8, widths[last]))
        return widths
    }

    private func text(_ row: [Cell], _ widths: [Int]) -> String {
        let cells = row.enumerated().map { column, cell in
            cell.lines.flatMap { line in
                column == widths.count - 1
                    ? Wrapping.lines(line, widths[column])
                    : [Wrapping.shortened(line, widths[column])]
            }
        }
        let height = cells.map(\.count).max() ?? 0
        return (0..<height).map { line in
            let parts = cells.indices.map { column in
                let text = cells[column].indices.contains(line) ? cells[column][line] : ""
                let isLast = column == cells.count - 1
                let filled = isLast ? text : Wrapping.padded(text, widths[column])
                return Page.styled(filled, row[column].style)
            }
            let joined = parts.joined(separator: Self.gap)
            return String(repeating: " ", count: indent) + Self.withoutEnd(joined) + "\n"
        }.joined()
    }

    private static func withoutEnd(_ line: String) -> String {
        guard let end = line.lastIndex(where: { $0 != " " }) else { return "" }
        return String(line[...end])
    }
}
