/// The type of a value. A type that this program does not know is carried byte for byte.
package struct ValueType: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// No value: the field was cleared. No bytes.
    package static let null = ValueType(rawValue: 0)
    /// UTF-8 without U+0000, not normalised.
    package static let text = ValueType(rawValue: 1)
    /// A signed 64-bit integer as a minimal zigzag varint.
    package static let int = ValueType(rawValue: 2)
    /// A day people mean, as days since 1970-01-01 in a minimal zigzag varint.
    package static let day = ValueType(rawValue: 3)
    /// The 16 bytes of an id.
    package static let id = ValueType(rawValue: 4)
}

/// A field's value: a type and its bytes, exactly as they travel.
///
/// Two values are equal when type and bytes are: a composed "é" and a decomposed one differ.
package struct Value: Hashable, Sendable {
    package let type: ValueType
    package let bytes: [UInt8]

    /// Takes bytes as they came. `isCanonical` tells whether a known type's bytes are right.
    package init(type: ValueType, bytes: [UInt8]) {
        self.type = type
        self.bytes = bytes
    }

    package static let null = Value(type: .null, bytes: [])

    package static func text(_ text: String) -> Value {
        Value(type: .text, bytes: Array(text.utf8))
    }

    package static func int(_ number: Int64) -> Value {
        Value(type: .int, bytes: zigzag(number))
    }

    /// `days` since 1970-01-01.
    package static func day(_ days: Int64) -> Value {
        Value(type: .day, bytes: zigzag(days))
    }

    package static func id(_ id: RecordID) -> Value {
        Value(type: .id, bytes: id.bytes)
    }

    package var isNull: Bool { type == .null }

    package var text: String? {
        type == .text ? String(decoding: bytes, as: UTF8.self) : nil
    }

    package var int: Int64? { type == .int ? number : nil }

    /// Days since 1970-01-01.
    package var day: Int64? { type == .day ? number : nil }

    package var id: RecordID? { type == .id ? RecordID(bytes: bytes) : nil }

    /// Whether the bytes are the one encoding of a value of this type. Always true of an unknown type.
    package var isCanonical: Bool {
        switch type {
        case .null: bytes.isEmpty
        case .text: !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
        case .int, .day: number != nil
        case .id: bytes.count == 16
        default: true
        }
    }

    private var number: Int64? {
        var reader = ByteReader(bytes)
        guard let number = try? reader.zigzag(), reader.isAtEnd else { return nil }
        return number
    }

    private static func zigzag(_ number: Int64) -> [UInt8] {
        var writer = ByteWriter()
        writer.zigzag(number)
        return writer.bytes
    }
}
