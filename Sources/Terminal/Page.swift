package import Wording

/// What a command has to say to a person, line by line.
package struct Page {
    /// How a piece of text stands out in a terminal.
    package enum Style: String {
        case plain = ""
        case bold = "1"
        case faint = "2"
        case red = "31"
        case yellow = "33"
    }

    private var text = ""

    package init() {}

    /// Adds a line. A line break within it becomes a space, and where a terminal has no room for it, it
    /// is broken between words.
    package mutating func line(_ phrase: Phrase = "", _ style: Style = .plain) {
        line(phrase.text, style)
    }

    /// Adds a line of text that is the same in every language.
    @_disfavoredOverload
    package mutating func line(_ text: some StringProtocol, _ style: Style = .plain) {
        for line in Self.fitting(Self.safe(String(text))) {
            self.text += Self.styled(line, style) + "\n"
        }
    }

    /// Adds a text with all its own lines, each broken to fit, all indented.
    package mutating func paragraph(_ phrase: Phrase, indent: Int = 0) {
        paragraph(phrase.text, indent: indent)
    }

    @_disfavoredOverload
    package mutating func paragraph(_ words: some StringProtocol, indent: Int = 0) {
        let room = max(20, Screen.columns - indent)
        for line in words.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            for part in Wrapping.lines(Plain.oneLine(String(line)), room) {
                text += String(repeating: " ", count: part.isEmpty ? 0 : indent) + part + "\n"
            }
        }
    }

    package mutating func table(_ table: Table) {
        text += table.text(columns: Screen.columns)
    }

    package func show() throws {
        try Screen.write(text)
    }

    package static func styled(_ text: String, _ style: Style) -> String {
        guard Screen.isColoured, style != .plain, !text.isEmpty else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }

    private static func fitting(_ line: String) -> [String] {
        guard Screen.isTerminal, Wrapping.width(line) > Screen.columns else { return [line] }
        let indent = line.prefix { $0 == " " }
        let room = max(20, Screen.columns - indent.count)
        return Wrapping.lines(String(line.dropFirst(indent.count)), room).map { indent + $0 }
    }

    /// Leading spaces stay: they lay the page out.
    private static func safe(_ words: String) -> String {
        Plain.lines(String(words.map { $0.isNewline ? " " : $0 }))
    }
}
