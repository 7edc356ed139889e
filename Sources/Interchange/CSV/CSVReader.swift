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

        /// A line of which nobody can tell where its cells are.
        static func torn(_ text: String, line: Int) -> Row {
            Row(
                line: line, cells: [text],
                problem: """
                    It has a quotation mark without its other half, or is longer than a row can be. \
                    Correct the line.
                    """)
        }
    }

    static let mostRowBytes = 1 << 20
    private static let mostCells = 1000
    private static let mostQuotedBytes = 128 << 10
    private var source: TextSource
    private let separator: UInt8
    private var chunk: ArraySlice<UInt8> = []
    private var line = 1
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
            guard let next = try source.next() else { return nil }
            chunk = next[...]
        }
        return chunk.first
    }

    private mutating func take() throws -> UInt8? {
        guard let byte = try peek() else { return nil }
        chunk = chunk.dropFirst()
        raw.append(byte)
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
        _ = try take()
        while let byte = try take() {
            guard bytes.count <= Self.mostQuotedBytes else { return false }
            if byte == UInt8(ascii: "\"") {
                guard try peek() == byte else { return true }
                _ = try take()
            }
            if byte == 0x0A { line += 1 }
            bytes.append(byte)
        }
        return false
    }

    /// Gives up the line on which a row begins, and goes on with the next one: a quotation mark
    /// without its other half must not swallow the rest of the file.
    private mutating func skipLine(from start: Int) throws -> Row {
        let end = raw.firstIndex { $0 == 0x0A || $0 == 0x0D }
        line = start
        if let end {
            chunk = (raw[end...] + chunk)
            raw.removeSubrange(end...)
        }
        let text = String(decoding: raw.prefix(200), as: UTF8.self)
        while let byte = try take() {
            raw.removeAll(keepingCapacity: true)
            guard byte == 0x0A || byte == 0x0D else { continue }
            try endLine(byte)
            break
        }
        return .torn(text, line: start)
    }
}
