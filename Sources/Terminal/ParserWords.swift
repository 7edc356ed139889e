import Wording

/// What the argument parser says of itself, which is English, in the reader's language.
package enum ParserWords {
    private static let words: [Phrase] = [
        "OVERVIEW:", "USAGE:", "ARGUMENTS:", "OPTIONS:", "SUBCOMMANDS:", "Usage:", "Help:",
        "Error:",
        "Show help information.", "Show the version.", "(default:", "(values:",
        "Missing expected argument", "Missing value for", "Unexpected argument", "Unknown option",
        "The value", "is invalid for", "See '", "' for more information.", "' for detailed help.",
    ]

    package static func translated(_ text: String) -> String {
        guard Language.current != .english else { return text }
        return words.reduce(text) { text, phrase in
            text.replacing(phrase.text(in: .english), with: phrase.text)
        }
    }
}
