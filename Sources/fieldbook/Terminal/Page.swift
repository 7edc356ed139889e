/// What a command has to say to a person, line by line.
struct Page {
    /// How a piece of text stands out in a terminal.
    enum Style: String {
        case plain = ""
        case bold = "1"
        case faint = "2"
        case red = "31"
        case yellow = "33"
    }

    private var text = ""

    /// Adds a line. A line break within it becomes a space.
    mutating func line(_ words: String = "", _ style: Style = .plain) {
        text += Self.styled(Self.safe(words), style) + "\n"
    }

    /// Adds a text with all its own lines, each broken to fit, all indented.
    mutating func paragraph(_ words: String, indent: Int = 0) {
        let room = max(20, Screen.columns - indent)
        for line in words.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            for part in Wrapping.lines(Plain.oneLine(String(line)), room) {
                text += String(repeating: " ", count: part.isEmpty ? 0 : indent) + part + "\n"
            }
        }
    }

    mutating func table(_ table: Table) {
        text += table.text(columns: Screen.columns)
    }

    func show() throws {
        try Screen.write(text)
    }

    static func styled(_ text: String, _ style: Style) -> String {
        guard Screen.isColoured, style != .plain, !text.isEmpty else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }

    /// Leading spaces stay: they lay the page out.
    private static func safe(_ words: String) -> String {
        Plain.lines(String(words.map { $0.isNewline ? " " : $0 }))
    }
}
