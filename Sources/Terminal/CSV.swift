/// Rows for a spreadsheet, as RFC 4180 has them.
package enum CSV {
    /// What is in a cell.
    package enum Cell {
        case text(String)
        /// A number, or another word of ours, as it is.
        case plain(String)
    }

    package static func line(_ cells: [Cell]) -> String {
        cells.map(field).joined(separator: ",") + "\r\n"
    }

    private static func field(_ cell: Cell) -> String {
        switch cell {
        case .plain(let text): text
        case .text(let text): quoted(harmless(Plain.lines(text)))
        }
    }

    /// A spreadsheet would take these for the beginning of a formula.
    private static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first)
        else {
            return text
        }
        return "'" + text
    }

    private static func quoted(_ text: String) -> String {
        // By bytes: a mark may join a quotation mark to what stands beside it.
        guard text.utf8.contains(where: { "\",;\r\n".utf8.contains($0) }) else { return text }
        let quote = UInt8(ascii: "\"")
        let doubled = text.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
        return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
    }
}
