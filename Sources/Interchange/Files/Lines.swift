/// The lines of a file, one at a time.
struct Lines {
    /// A line without its end, or nil for one that is longer than anybody writes.
    typealias Line = (number: Int, bytes: [UInt8]?)

    static let mostBytes = 1 << 20
    private let pull: (Int) throws -> [UInt8]?
    private var offset = 0
    private var chunk: ArraySlice<UInt8> = []
    private var number = 0

    init(_ source: SourceFile) { pull = { try source.chunk(at: $0) } }

    /// The same of a file that is not in UTF-8.
    init(_ text: TextSource) {
        var text = text
        pull = { _ in try text.next() }
    }

    /// The next line; nil at the end.
    mutating func next() throws -> Line? {
        var line: [UInt8] = []
        var isTooLong = false
        var isAtStart = true
        while true {
            if chunk.isEmpty { try refill() }
            guard !chunk.isEmpty else { break }
            isAtStart = false
            let end = chunk.firstIndex(of: 0x0A)
            let piece = chunk[..<(end ?? chunk.endIndex)]
            if line.count + piece.count > Self.mostBytes { isTooLong = true }
            if isTooLong { line = [] } else { line += piece }
            chunk = end.map { chunk[($0 + 1)...] } ?? []
            if end != nil { break }
        }
        guard !isAtStart else { return nil }
        number += 1
        if line.last == 0x0D { line.removeLast() }
        return (number, isTooLong ? nil : line)
    }

    private mutating func refill() throws {
        let isFirst = offset == 0
        let bytes = try pull(offset) ?? []
        offset += bytes.count
        // Some editors put a mark before UTF-8.
        chunk = isFirst && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    }
}
