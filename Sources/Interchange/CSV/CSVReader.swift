import Wording

/// Reads rows of separated values (RFC 4180), a piece of the file at a time: with quoted line
/// breaks, any line ends, and rows of any number of cells.
///
/// Of our own, since a library that reads a whole file into memory, refuses all of it for one wrong
/// quotation mark, or does not say on which line a row stands, is of no use for a file of a gigabyte
/// of which a person is to correct three rows.
struct CSVReader {
    struct Row {
        /// Where it begins, counted from 1.
        let line: Int
        let cells: [String]
        /// Why it is no row, in a sentence.
        var problem: Phrase?

        var isEmpty: Bool { problem == nil && cells.allSatisfy(\.isEmpty) }

        /// A line of which nobody can tell where its cells are; with the line on which the quotation
        /// mark stands that made it so.
        static func torn(_ text: String, line: Int, quote: Int?) -> Row {
            Row(
                line: line, cells: [text],
                problem: quote.map {
                    """
                    The quotation mark that opens a cell on line \($0) has no other half. Correct line \
                    \($0).
                    """
                } ?? "It is longer than a row can be. Correct the line.")
        }
    }

    static let mostRowBytes = 1 << 20
    private static let mostCells = 1000
    private static let mostQuotedBytes = 128 << 10
    private var source: TextSource
    private let separator: UInt8
    private var chunk: ArraySlice<UInt8> = []
    /// What comes after the chunk and was read before.
    private var later: [ArraySlice<UInt8>] = []
    private var line = 1
    /// Where the reader stands in the file.
    private var place = 0
    /// Up to here a quotation mark without its other half was followed. No cell goes over a line break
    /// before: a file in which each line has such a mark is still read in the time that its length takes.
    private var doubtful = 0
    /// The line of the first quotation mark in the row whose cell goes over a line break.
    private var quote: Int?
    /// The bytes of the row that is being read, in case it has to be read otherwise.
    private var raw: [UInt8] = []

    init(_ source: TextSource, separator: UInt8) {
        self.source = source
        self.separator = separator
    }

    /// The next row; nil at the end.
    mutating func next() throws -> Row? {
        let start = line
        raw.removeAll(keepingCapacity: true)
        quote = nil
        guard try peek() != nil else { return nil }
        var cells: [String] = []
        while true {
            guard let cell = try cell(), cells.count < Self.mostCells else {
                return try skipLine(from: start)
            }
            cells.append(cell.text)
            if cell.isLast { return Row(line: start, cells: cells) }
        }
    }

    private mutating func peek() throws -> UInt8? {
        while chunk.isEmpty {
            if let next = later.popLast() {
                chunk = next
            } else {
                guard let next = try source.next() else { return nil }
                chunk = next[...]
            }
        }
        return chunk.first
    }

    private mutating func take() throws -> UInt8? {
        guard let byte = try peek() else { return nil }
        chunk = chunk.dropFirst()
        raw.append(byte)
        place += 1
        return byte
    }

    /// One cell with its end; nil when it has none.
    private mutating func cell() throws -> (text: String, isLast: Bool)? {
        var bytes: [UInt8] = []
        if try peek() == UInt8(ascii: "\"") {
            guard try quoted(into: &bytes) else { return nil }
        }
        while let byte = try take() {
            guard raw.count <= Self.mostRowBytes else { return nil }
            switch byte {
            case separator: return (String(decoding: bytes, as: UTF8.self), false)
            case 0x0A, 0x0D:
                try endLine(byte)
                return (String(decoding: bytes, as: UTF8.self), true)
            default: bytes.append(byte)
            }
        }
        return (String(decoding: bytes, as: UTF8.self), true)
    }

    private mutating func endLine(_ byte: UInt8) throws {
        if byte == 0x0D, try peek() == 0x0A { _ = try take() }
        line += 1
    }

    /// What stands between quotation marks. Returns whether it has an end.
    private mutating func quoted(into bytes: inout [UInt8]) throws -> Bool {
        let opening = line
        _ = try take()
        while let byte = try take() {
            guard bytes.count <= Self.mostQuotedBytes else { break }
            if byte == UInt8(ascii: "\"") {
                guard try peek() == byte else { return true }
                _ = try take()
            }
            if byte == 0x0A {
                guard place > doubtful else { break }
                line += 1
                quote = quote ?? opening
            }
            bytes.append(byte)
        }
        quote = quote ?? opening
        return false
    }

    /// Gives up the line on which a row begins, and goes on with the next one: a quotation mark
    /// without its other half must not swallow the rest of the file.
    private mutating func skipLine(from start: Int) throws -> Row {
        let end = raw.firstIndex { $0 == 0x0A || $0 == 0x0D }
        line = start
        doubtful = max(doubtful, place)
        if let end {
            later.append(chunk)
            chunk = raw[end...]
            place -= chunk.count
            raw.removeSubrange(end...)
        }
        let text = String(decoding: raw.prefix(200), as: UTF8.self)
        while let byte = try take() {
            raw.removeAll(keepingCapacity: true)
            guard byte == 0x0A || byte == 0x0D else { continue }
            try endLine(byte)
            break
        }
        return .torn(text, line: start, quote: quote)
    }
}
