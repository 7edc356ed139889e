import Wording

/// Reads cards (vCard 2.1, 3.0 and 4.0), one at a time.
struct VCardReader {
    struct Card {
        /// Where it begins.
        let line: Int
        var lines: [ContentLine] = []
        /// Why it is no card, in a sentence.
        var problem: Phrase?

        func all(_ name: String) -> [ContentLine] { lines.filter { $0.name == name } }
        func first(_ name: String) -> ContentLine? { lines.first { $0.name == name } }
    }

    private static let mostLines = 2000
    /// What is longer is a picture.
    private static let mostLineBytes = 128 << 10
    private var lines: Lines
    private var ahead: Lines.Line?

    init(_ source: SourceFile) throws {
        let encoding = try TextEncoding.guess(source)
        // Folded lines may be cut within a character, so that bytes are put together first.
        let isWide = [.utf16LittleEndian, .utf16BigEndian].contains(encoding)
        lines = isWide ? Lines(TextSource(source, encoding)) : Lines(source)
        ahead = try lines.next()
    }

    /// The next card; nil at the end. What stands outside of cards is left out.
    mutating func next() throws -> Card? {
        while let (number, line) = try logicalLine() {
            guard Self.isMark("BEGIN", line) else { continue }
            return try card(from: number)
        }
        return nil
    }

    private mutating func card(from number: Int) throws -> Card {
        var card = Card(line: number)
        var depth = 1
        while let begun = peekIsBegin, !(begun && card.lines.last?.name != "AGENT" && depth == 1),
            let (_, line) = try logicalLine()
        {
            if Self.isMark("BEGIN", line) {
                depth += 1
            } else if Self.isMark("END", line) {
                depth -= 1
                if depth == 0 { return card }
            } else if depth == 1, let content = ContentLine(line), content.name != "PHOTO" {
                card.lines.append(content)
                guard card.lines.count <= Self.mostLines else { break }
            }
        }
        card.problem = "It has no end (END:VCARD). Correct the file, or export it again."
        return card
    }

    /// Whether the next line begins a card; nil at the end.
    private var peekIsBegin: Bool? {
        ahead.map { Self.isMark("BEGIN", $0.bytes ?? []) }
    }

    private static func isMark(_ word: String, _ line: [UInt8]) -> Bool {
        let text = String(decoding: line.prefix(20), as: UTF8.self).uppercased()
        return text.filter { $0 != " " } == "\(word):VCARD"
    }

    /// A line with all that was folded off it.
    private mutating func logicalLine() throws -> Lines.Line2? {
        guard let first = ahead else { return nil }
        var bytes = first.bytes ?? []
        ahead = try lines.next()
        while let next = ahead {
            let piece = next.bytes ?? []
            if let start = piece.first, start == 0x20 || start == 0x09 {
                append(piece.dropFirst(), to: &bytes)
            } else if bytes.last == UInt8(ascii: "="), Self.isQuotedPrintable(bytes) {
                bytes.removeLast()
                append(piece[...], to: &bytes)
            } else {
                break
            }
            ahead = try lines.next()
        }
        return (first.number, bytes)
    }

    private func append(_ piece: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        if bytes.count + piece.count <= Self.mostLineBytes { bytes += piece }
    }

    private static func isQuotedPrintable(_ bytes: [UInt8]) -> Bool {
        let head = bytes.prefix { $0 != UInt8(ascii: ":") }
        return String(decoding: head, as: UTF8.self).uppercased().contains("QUOTED-PRINTABLE")
    }
}

extension Lines {
    /// A line that is there.
    typealias Line2 = (number: Int, bytes: [UInt8])
}
