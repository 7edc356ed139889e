import Replication

/// Protocol Buffers written by hand, so that a test can send what the library would not.
struct Proto {
    private var writer = ByteWriter()

    init(_ fields: (inout Proto) -> Void) {
        fields(&self)
    }

    var bytes: [UInt8] { writer.bytes }

    mutating func varint(_ field: UInt64, _ number: UInt64) {
        writer.varint(field << 3)
        writer.varint(number)
    }

    mutating func fixed(_ field: UInt64, _ number: UInt64) {
        writer.varint(field << 3 | 1)
        writer.fixed(number.byteSwapped)
    }

    mutating func bytes(_ field: UInt64, _ bytes: [UInt8]) {
        writer.varint(field << 3 | 2)
        writer.counted(bytes)
    }

    mutating func zeros(_ field: UInt64, _ count: Int) {
        bytes(field, [UInt8](repeating: 0, count: count))
    }

    mutating func message(_ field: UInt64, _ fields: (inout Proto) -> Void) {
        bytes(field, Proto(fields).bytes)
    }
}
