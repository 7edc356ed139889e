import Wording

/// What the argument parser says of itself, which is English, in the reader's language, and in lines
/// that a terminal has room for.
package enum ParserWords {
    /// In how many columns help stands; the parser is to break its lines at the same.
    package static let columns = 80
    /// Where the help of an argument begins.
    private static let helpColumn = 26

    private static let words: [Phrase] = [
        "OVERVIEW:", "USAGE:", "ARGUMENTS:", "OPTIONS:", "SUBCOMMANDS:", "Usage:", "Help:",
        "Error:",
        "Show help information.", "Show the version.", "(default:", "default:", "(default)",
        "(values:",
        "Missing expected argument", "Missing value for", "Missing one of:", "Unexpected argument",
        "unexpected arguments:", "Unknown option", "Did you mean '", "Invalid option:",
        "The value", "is invalid for", "is invalid.", "Please provide one of the following:",
        "Please provide one of", "The option", "does not take any value, but", "was specified.",
        "See '", "' for more information.", "' for detailed help.",
    ]

    /// What stands between "<" and ">" for something that is to be typed.
    private static let places: [Phrase] = [
        "a", "a,b", "action", "actor", "address", "answer", "b", "batch", "campaign", "city",
        "column", "congregation", "date", "days", "demand", "device", "dir", "email", "expires",
        "field", "field=value", "file", "form", "host:port", "how", "id", "institution",
        "invitation", "issue", "kind", "language", "leader", "level", "link", "measure",
        "membership", "n", "n,n", "name", "options", "order", "phone", "place", "record", "role",
        "scale", "status", "subcommand", "tag", "team", "text", "tier", "time", "turf", "url",
        "version", "who", "whom", "word", "words",
    ]

    package static func translated(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            fitting(Language.current == .english ? String(line) : inLanguage(String(line)))
        }.joined(separator: "\n")
    }

    private static func inLanguage(_ line: String) -> String {
        guard let row = HelpRow(line, column: helpColumn) else {
            return withPlaces(withGroup(withWords(line)))
        }
        return HelpRow(withPlaces(withWords(row.label)), withWords(row.help)).line(helpColumn)
    }

    private static func withWords(_ line: String) -> String {
        let said = words.reduce(line) { line, phrase in
            line.replacing(phrase.text(in: .english), with: phrase.text)
        }
        let choice = ("Please provide one of" as Phrase).text
        return said.contains(choice)
            ? said.replacing("' and '", with: "', '").replacing("' or '", with: "', '") : said
    }

    /// "EVERY DAY SUBCOMMANDS:" is in the order of English words.
    private static func withGroup(_ line: String) -> String {
        let heading = ("SUBCOMMANDS:" as Phrase).text
        guard line.hasSuffix(" " + heading) else { return line }
        return heading.dropLast() + ", " + line.dropLast(heading.count + 1) + ":"
    }

    private static func withPlaces(_ line: String) -> String {
        line.replacing(/<([a-z][a-z:=,|]*)>/) { match in
            let parts = match.1.split(separator: "|").map(String.init)
            let isKnown = parts.count > 1 || places.contains { $0.text(in: .english) == parts[0] }
            guard isKnown else { return String(match.0) }
            return "<" + parts.map { Phrase(word: $0).text }.joined(separator: "|") + ">"
        }
    }

    // MARK: - Width

    private static func fitting(_ line: String) -> [String] {
        guard Wrapping.width(line) > columns else { return [line] }
        if let row = HelpRow(line, column: helpColumn) {
            let help = Wrapping.lines(row.help, columns - helpColumn)
            let margin = String(repeating: " ", count: helpColumn)
            return [HelpRow(row.label, help[0]).line(helpColumn)]
                + help.dropFirst().map { margin + $0 }
        }
        let usage = [("USAGE:" as Phrase).text, ("Usage:" as Phrase).text]
        guard let word = usage.first(where: { line.hasPrefix($0 + " ") }) else { return [line] }
        let margin = word.count + 1
        // An option and its value stay together.
        let whole = pieces(String(line.dropFirst(margin))).map {
            $0.replacing(" ", with: "\u{A0}")
        }.joined(separator: " ")
        return Wrapping.lines(whole, columns - margin).enumerated().map { index, part in
            (index == 0 ? word + " " : String(repeating: " ", count: margin))
                + part.replacing("\u{A0}", with: " ")
        }
    }

    /// The words of a usage line, what stands in brackets as one.
    private static func pieces(_ usage: String) -> [String] {
        var pieces: [String] = []
        var depth = 0
        for word in usage.split(separator: " ") {
            if depth > 0 {
                pieces[pieces.count - 1] += " " + word
            } else {
                pieces.append("\(word)")
            }
            depth += word.count { $0 == "[" } - word.count { $0 == "]" }
        }
        return pieces
    }
}

/// A line of help: what is typed, and beside it what it does.
private struct HelpRow {
    let label: String
    let help: String

    init(_ label: String, _ help: String) {
        (self.label, self.help) = (label, help)
    }

    /// Nil for another line.
    init?(_ line: String, column: Int) {
        guard line.hasPrefix("  "), line.count > column else { return nil }
        let head = line.prefix(column)
        let label = head.reversed().drop { $0 == " " }.reversed()
        // A sentence, like "See …", is none.
        guard label.first(where: { $0 != " " })?.isUppercase != true,
            head.count - label.count > 0 || label.isEmpty, line.dropFirst(column).first != " "
        else { return nil }
        self.init(String(label), String(line.dropFirst(column)))
    }

    /// Beside each other, or one below the other where the label is too long.
    func line(_ column: Int) -> String {
        let room = column - Wrapping.width(label)
        let gap = String(repeating: " ", count: room > 0 ? room : column)
        return room > 0 ? label + gap + help : label + "\n" + gap + help
    }
}
