import Replication

/// A block taken apart into its columns, so that a test can spoil one and put them together again.
struct Columns {
    /// In the order of the wire.
    enum Name: Int, CaseIterable {
        case form, device, devices, seq, milliseconds, counter, lowered, author, authors
        case record, records, transaction, writes, field, flags, type, length
        case overwrites, overwritten, values, digests, salts
    }

    var version: UInt8
    var count: Int
    var bytes: [[UInt8]]

    init(_ block: [UInt8]) throws {
        var reader = ByteReader(block)
        version = try reader.byte()
        count = try reader.count(upTo: .max - 1, "entries")
        bytes = []
        for _ in Name.allCases {
            bytes.append(try reader.counted(upTo: block.count, "a column"))
        }
        try reader.expectEnd()
    }

    subscript(_ name: Name) -> [UInt8] {
        get { bytes[name.rawValue] }
        set { bytes[name.rawValue] = newValue }
    }

    var block: [UInt8] {
        var writer = ByteWriter()
        writer.byte(version)
        writer.varint(count)
        for column in bytes { writer.counted(column) }
        return writer.bytes
    }

    /// The number as a shortest varint.
    static func varint(_ number: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        writer.varint(number)
        return writer.bytes
    }

    static func zigzag(_ number: Int64) -> [UInt8] {
        var writer = ByteWriter()
        writer.zigzag(number)
        return writer.bytes
    }
}
