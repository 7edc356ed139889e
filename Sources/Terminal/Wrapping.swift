/// Text in columns of a terminal.
package enum Wrapping {
    /// The columns that a text takes.
    package static func width(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + width($1) }
    }

    /// A text of at most this many columns; what is cut ends in "…".
    package static func shortened(_ text: String, _ columns: Int) -> String {
        guard width(text) > columns else { return text }
        return fitting(text[...], columns - 1) + "…"
    }

    /// A text in lines of at most this many columns, broken between words where that goes.
    package static func lines(_ text: String, _ columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            var rest = word
            // Counted once: a word may be as long as a book.
            var left = width(rest)
            if !line.isEmpty && width(line) + 1 + left > columns {
                lines.append(line)
                line = ""
            }
            while left > columns {
                let part = fitting(rest, columns)
                lines.append(String(part))
                let taken = rest.prefix(max(1, part.count))
                left -= width(taken)
                rest = rest[taken.endIndex...]
            }
            line += line.isEmpty ? rest : " " + rest
        }
        return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
    }

    package static func padded(_ text: String, _ columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - width(text)))
    }

    private static func fitting(_ text: Substring, _ columns: Int) -> Substring {
        var taken = 0
        return text.prefix { character in
            taken += width(character)
            return taken <= columns
        }
    }

    private static func width(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if scalar.isASCII { return 1 }
        let properties = scalar.properties
        if properties.generalCategory == .nonspacingMark || properties.generalCategory == .format {
            return 0
        }
        let isEmoji =
            properties.isEmojiPresentation
            || character.unicodeScalars.contains { $0.value == 0xFE0F }
        return isEmoji || isWide(scalar.value) ? 2 : 1
    }

    /// East Asian Wide and Fullwidth (Unicode Standard Annex #11), by its large blocks.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3: true
        case 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6: true
        case 0x20000...0x3FFFD: true
        default: false
        }
    }
}
