/// Cells of a table as files have them.
enum CSVCells {
    /// What a spreadsheet program takes for a formula when it stands first in a cell.
    private static let active: [Character] = [
        "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
    ]

    /// A row of a file, with its end.
    static func row(_ cells: [String]) -> String {
        cells.map { quoted(inert($0)) }.joined(separator: ",") + "\r\n"
    }

    /// Nobody's name must run as a formula in somebody's spreadsheet.
    static func inert(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, active.contains(Character(first)) else {
            return text
        }
        return "'" + text
    }

    /// The opposite of `inert`, without the spaces around.
    static func plain(_ cell: String) -> String {
        var text = cell[...]
        if text.first == "'", let next = text.dropFirst().unicodeScalars.first,
            active.contains(Character(next))
        {
            text = text.dropFirst()
        }
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    private static func quoted(_ text: String) -> String {
        // By bytes: a mark may join a quotation mark to what stands beside it.
        guard text.utf8.contains(where: { "\",;\r\n".utf8.contains($0) }) else { return text }
        let quote = UInt8(ascii: "\"")
        let doubled = text.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
        return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
    }

    /// The elements of a set in one cell. One that holds a comma is told from two by the semicolon.
    static func joined(_ elements: [String]) -> String {
        let text = elements.joined(separator: "; ")
        return elements.count == 1 && text.contains(",") ? text + ";" : text
    }

    /// Between several values of one cell, as Google Contacts writes them.
    static let googles = ":::"

    /// The opposite of `joined`.
    static func elements(_ cell: String) -> [String] {
        if cell.contains(googles) {
            // What begins with an asterisk is Google's own: "* myContacts".
            return cell.split(separator: googles).map { plain(String($0)) }
                .filter { !$0.isEmpty && !$0.hasPrefix("* ") }
        }
        let separators: [Character] = [";", "|", "\n"]
        let separator = separators.first { cell.contains($0) } ?? ","
        return cell.split(separator: separator).map { plain(String($0)) }.filter { !$0.isEmpty }
    }
}
