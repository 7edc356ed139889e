import Crypto

/// The name of a record, a member, a space or a congregation: 16 bytes, for a record a UUIDv7 (RFC 9562).
///
/// Ids are compared as bytes, most significant first, and never as text: Swift, SQLite and
/// PostgreSQL disagree about when two texts are equal.
package struct RecordID: Hashable, Comparable, Sendable {
    package let rawValue: UInt128

    package init(rawValue: UInt128) {
        self.rawValue = rawValue
    }

    /// Reads 16 bytes, most significant first; nil for any other count.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        rawValue = bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// Makes a UUIDv7 (RFC 9562, section 5.7) from a time in milliseconds and 10 random bytes.
    package init(milliseconds: UInt64, random: UInt128) {
        let time = UInt128(milliseconds & 0xFFFF_FFFF_FFFF) << 80
        let version: UInt128 = 7 << 76
        let variant: UInt128 = 2 << 62
        let high = (random >> 62 & 0xFFF) << 64
        let low = random & (1 << 62 - 1)
        rawValue = time | version | high | variant | low
    }

    /// Makes a UUIDv8 (RFC 9562, section 5.8) from what it stands for: whoever names the same thing
    /// apart makes the same id.
    package init(naming thing: [UInt8]) {
        let hash = SHA256.hash(data: thing).prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        let reserved: UInt128 = 0xF << 76 | 3 << 62
        rawValue = hash & ~reserved | 8 << 76 | 2 << 62
    }

    /// Reads the usual text form, in either case, with or without hyphens.
    package init?(_ text: some StringProtocol) {
        var value: UInt128 = 0
        var digits = 0
        for character in text.utf8 where character != UInt8(ascii: "-") {
            guard let digit = Hex.value(of: character), digits < 32 else { return nil }
            value = value << 4 | UInt128(digit)
            digits += 1
        }
        guard digits == 32 else { return nil }
        rawValue = value
    }

    package static func < (a: RecordID, b: RecordID) -> Bool { a.rawValue < b.rawValue }

    /// The 16 bytes, most significant first.
    package var bytes: [UInt8] {
        withUnsafeBytes(of: rawValue.bigEndian) { Array($0) }
    }
}

extension RecordID: CustomStringConvertible {
    /// The usual text form of a UUID, in lower case.
    package var description: String {
        let hex = Array(Hex.encode(bytes).utf8)
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return groups.map { String(decoding: hex[$0], as: UTF8.self) }.joined(separator: "-")
    }
}

/// The member who acted: a person enrolled with the hub, or about to be.
package typealias MemberID = RecordID

/// What a record is: a person, a one-to-one, … Replication knows only the number.
package typealias Kind = UInt32

/// A record's full name: the same id may serve for two kinds.
package struct RecordKey: Hashable, Comparable, Sendable {
    package let kind: Kind
    package let id: RecordID

    package init(_ kind: Kind, _ id: RecordID) {
        self.kind = kind
        self.id = id
    }

    package static func < (a: RecordKey, b: RecordKey) -> Bool {
        (a.kind, a.id) < (b.kind, b.id)
    }
}
