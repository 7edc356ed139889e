import Mustache

/// Escapes text for HTML, scalar by scalar.
///
/// Mustache's own escaping compares whole characters, and a "<" that follows U+0600 or precedes
/// U+0301 is one character with it: it would go out as it is, and a name could be markup.
struct PageText: MustacheContentType {
    static let name = "PAGE"

    func escapeText(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}

/// Text from records, made fit for a line on a phone.
enum Shown {
    static let nameLength = 80
    static let noteLength = 280

    /// The text without control characters, on one line, and cut where it would swamp the page.
    static func line(_ text: String, upTo limit: Int = nameLength) -> String {
        var line = ""
        var length = 0
        for character in text.prefix(limit * 2) {
            let kept = character.unicodeScalars.compactMap(visible)
            length += kept.count
            guard length <= limit else {
                // A letter under thousands of accents is cut inside.
                let start = line.isEmpty ? Array(kept.prefix(limit)) : []
                return line + String(String.UnicodeScalarView(start)) + "…"
            }
            line.unicodeScalars.append(contentsOf: kept)
        }
        return line
    }

    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator:
            scalar == "\n" || scalar == "\t" || scalar == "\u{2028}" ? " " : nil
        default: scalar
        }
    }

    /// What a phone dials for a number as it was written down; nil when there is nothing to dial.
    static func dialled(_ phone: String) -> String? {
        let number = phone.prefix { !$0.isLetter }
        // "555-01OO" is no number yet.
        let rest = phone.dropFirst(number.count)
        guard rest.isEmpty || number.last.map({ !$0.isWholeNumber }) ?? true else { return nil }
        let digits = number.filter { $0.isASCII && $0.isWholeNumber }
        guard (3...20).contains(digits.count) else { return nil }
        return (number.drop { $0.isWhitespace }.first == "+" ? "+" : "") + digits
    }
}
