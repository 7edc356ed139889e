/// Text that may have come from anybody, made safe for a terminal and fit for a line.
package enum Plain {
    /// Without anything that moves the cursor, colours, or turns the direction of what follows:
    /// control characters are shown as their pictures. Line ends stay.
    package static func lines(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            safe.append(isUnsafe(scalar) ? picture(of: scalar) : scalar)
        }
        return String(safe)
    }

    /// The same in one line, each run of white space as one space.
    package static func oneLine(_ text: String) -> String {
        lines(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }

    /// Without the full stop of a sentence, for another one to go on or to end after it.
    package static func withoutStop(_ text: String) -> String {
        text.hasSuffix(".") && !text.hasSuffix("..") ? String(text.dropLast()) : text
    }

    /// Without white space at its ends.
    package static func trimmed(_ text: some StringProtocol) -> String {
        guard let start = text.firstIndex(where: { !$0.isWhitespace }),
            let end = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[start...end])
    }

    /// A name as it is kept: what a line break or two spaces would hide from whoever looks for it is
    /// one space.
    package static func name(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether a terminal might obey a character; a line's end is none.
    package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0..<0x20, 0x7F..<0xA0: true
        // Line and paragraph separators; embeddings, overrides and isolates of direction.
        case 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
        case 0x7F: "\u{2421}"
        default: "\u{FFFD}"
        }
    }
}
