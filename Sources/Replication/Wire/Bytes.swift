/// Appends the primitives of the wire form to a growing array.
package struct ByteWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package init(reserving count: Int) {
        bytes.reserveCapacity(count)
    }

    package mutating func byte(_ byte: UInt8) {
        bytes.append(byte)
    }

    package mutating func raw(_ more: some Collection<UInt8>) {
        bytes.append(contentsOf: more)
    }

    /// A fixed-width integer, most significant byte first.
    package mutating func fixed(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// An unsigned LEB128 varint in its shortest form, as in Protocol Buffers.
    package mutating func varint(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    package mutating func varint(_ number: Int) {
        varint(UInt64(number))
    }

    /// A signed number, small ones short: 0, -1, 1, -2 … become 0, 1, 2, 3 …
    package mutating func zigzag(_ number: Int64) {
        varint(UInt64(bitPattern: number << 1 ^ number >> 63))
    }

    /// A count and that many bytes.
    package mutating func counted(_ more: [UInt8]) {
        varint(more.count)
        raw(more)
    }

    /// Empties the writer and keeps its memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }
}

/// Reads the primitives of the wire form and refuses everything that is not their one encoding.
package struct ByteReader: Sendable {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    package init(_ bytes: [UInt8]) {
        self.init(bytes, bytes.indices)
    }

    package init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    package var isAtEnd: Bool { position == end }
    package var remaining: Int { end - position }

    package mutating func byte() throws(WireError) -> UInt8 {
        guard position < end else { throw .truncated }
        defer { position += 1 }
        return bytes[position]
    }

    package mutating func raw(_ count: Int) throws(WireError) -> [UInt8] {
        try Array(bytes[range(count)])
    }

    package mutating func fixed<Number: FixedWidthInteger>(_: Number.Type) throws(WireError)
        -> Number
    {
        try bytes[range(Number.bitWidth / 8)].reduce(0) { $0 << 8 | Number($1) }
    }

    package mutating func varint() throws(WireError) -> UInt64 {
        let first = try byte()
        if first < 0x80 { return UInt64(first) }
        var number = UInt64(first & 0x7F)
        var shift: UInt64 = 7
        while true {
            let next = try byte()
            guard shift < 63 || next <= 1 else { throw .notCanonical("a number over 64 bits") }
            number |= UInt64(next & 0x7F) << shift
            if next < 0x80 {
                guard next != 0 else { throw .notCanonical("a number with needless bytes") }
                return number
            }
            shift += 7
        }
    }

    /// A varint that must be below a published limit.
    package mutating func varint(below limit: UInt64, _ what: String) throws(WireError) -> UInt64 {
        let number = try varint()
        guard number < limit else { throw .overLimit(what) }
        return number
    }

    /// A count of things that cannot exceed `limit`.
    package mutating func count(upTo limit: Int, _ what: String) throws(WireError) -> Int {
        try Int(varint(below: UInt64(limit) + 1, what))
    }

    package mutating func zigzag() throws(WireError) -> Int64 {
        let number = try varint()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    package mutating func counted(upTo limit: Int, _ what: String) throws(WireError) -> [UInt8] {
        try raw(count(upTo: limit, what))
    }

    /// A reader for the next `count` bytes, which this one skips.
    package mutating func part(_ count: Int) throws(WireError) -> ByteReader {
        try ByteReader(bytes, range(count))
    }

    package func expectEnd() throws(WireError) {
        guard isAtEnd else { throw .notCanonical("bytes after the end") }
    }

    private mutating func range(_ count: Int) throws(WireError) -> Range<Int> {
        guard count >= 0, count <= end - position else { throw .truncated }
        defer { position += count }
        return position..<position + count
    }
}
