import Foundation
import GRDB

/// A word to be looked up, or how it begins.
package enum SearchWord: Sendable, Hashable {
    case whole(String)
    case start(String)

    /// More words than this are looked up by how they begin.
    private static let most = 16

    /// In quotes, so that no character of it is an operator. What the index parts is looked up in parts,
    /// since it knows no phrases.
    var query: String {
        switch self {
        case .whole(let word): Self.query(of: word, "")
        case .start(let start): Self.query(of: start, "*")
        }
    }

    private static func query(of word: String, _ end: String) -> String {
        let parts = word.searchWords
        guard let last = parts.last else { return "\"\"" }
        let all = parts.dropLast().map { "\"\($0)\"" } + ["\"\(last)\"" + end]
        return "(\(all.joined(separator: " AND ")))"
    }

    /// What finds all words that begin so: each as a whole where they are few. Of a beginning the index
    /// first collects every record of every such word; along whole words it goes from the newest record
    /// to as many as are wanted.
    static func all(startingWith start: String, _ db: Database) throws -> [SearchWord] {
        // How the index writes what is not ASCII, it alone knows.
        guard start.utf8.allSatisfy({ $0 < 0x80 }) else { return [.start(start)] }
        let first = start.lowercased()
        var row = try FastStatement(
            db, "SELECT term FROM searchWord WHERE term >= ? AND term < ? LIMIT \(most)")
        // To read the word itself would be to count its records.
        row.bind(text: Array("\(first)\u{1}".utf8))
        row.bind(text: Array("\(first)\u{10FFFF}".utf8))
        var words: [SearchWord] = [.whole(first)]
        while try row.step() { words.append(.whole(row.text(0))) }
        return words.count > most ? [.start(start)] : words
    }
}

extension String {
    /// The words, parted where the index parts them.
    var searchWords: [String] {
        parted.unicodeScalars.split { !$0.isOfWord }.map { String(String.UnicodeScalarView($0)) }
    }

    /// With spaces around each sign of a script that writes none between words, Chinese and Japanese: the
    /// index's tokenizer takes a whole sentence of them for one word.
    var parted: String {
        // All of them take three bytes or more, of which the first is one of these.
        guard utf8.contains(where: { $0 >= 0xE2 }) else { return self }
        var parted = String.UnicodeScalarView()
        // Signs with their marks are one sign each.
        for scalar in precomposedStringWithCanonicalMapping.unicodeScalars {
            parted += scalar.isUnspaced ? [" ", scalar, " "] : [scalar]
        }
        return String(parted)
    }
}

extension Unicode.Scalar {
    /// Whether it is of a script that writes no spaces between words: Chinese signs, and kana.
    package var isUnspaced: Bool {
        properties.isIdeographic || (0x3041...0x30FF).contains(value)
    }

    /// As the index's tokenizer has it: letters, marks, numbers, and what is private.
    var isOfWord: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
            .otherNumber, .privateUse:
            true
        default: false
        }
    }
}
