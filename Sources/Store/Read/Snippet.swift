import Foundation

/// A few words around the first that was looked for.
struct Snippet {
    private(set) var text: String

    private static let wordCount = 12
    private static let wordsBefore = 3
    private static let longestBytes = 60
    private static let pieceLength = 6

    init(of words: [String], in found: SearchWords) {
        let sought = words.map(Self.folded)
        text =
            [found.body, found.title].lazy.compactMap { Self.excerpt($0, around: sought) }.first
            ?? Self.excerpt(found.title, around: [""]) ?? found.title
    }

    /// Nil when none of the words is there.
    private static func excerpt(_ text: String, around sought: [String]) -> String? {
        let words = text.split { $0.isWhitespace }.flatMap(pieces)
        let place = words.firstIndex { word in
            parts(of: word).contains { part in sought.contains(where: part.hasPrefix) }
        }
        guard let place else { return nil }
        let first = words.count > wordCount ? max(0, place - wordsBefore) : 0
        let some = words[first...].prefix(wordCount)
        let excerpt = text[some[first].startIndex..<some[some.endIndex - 1].endIndex]
            .split { $0.isWhitespace }.joined(separator: " ")
        return (first > 0 ? "…" : "") + excerpt + (some.endIndex < words.count ? "…" : "")
    }

    /// A script without spaces has whole sentences in one word.
    private static func pieces(of word: Substring) -> [Substring] {
        guard word.utf8.count > longestBytes else { return [word] }
        var (rest, pieces) = (word, [Substring]())
        while !rest.isEmpty {
            pieces.append(rest.prefix(pieceLength))
            rest = rest.dropFirst(pieceLength)
        }
        return pieces
    }

    private static func parts(of word: Substring) -> [String] {
        String(word).searchWords.map(folded)
    }

    /// Without accents and case.
    private static func folded(_ word: String) -> String {
        word.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }
}
