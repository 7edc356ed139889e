import Crypto

/// 16 bytes that tell whether two replicas hold the same live cells of a space.
///
/// The sum, modulo 2^128, of one hash per record, so that it can be kept up to date as records
/// change and leave (Bellare and Micciancio, "A New Paradigm for Collision-Free Hashing:
/// Incrementality at Reduced Cost", 1997). Effective stamps, authors and history are not in it.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    package private(set) var rawValue: UInt128

    package init(rawValue: UInt128 = 0) {
        self.rawValue = rawValue
    }

    /// Reads 16 bytes, most significant first; nil for any other count.
    package init?(bytes: some Collection<UInt8>) {
        guard let id = RecordID(bytes: bytes) else { return nil }
        rawValue = id.rawValue
    }

    /// One record's part: the first 16 bytes of SHA-256 over kind, id and live writes.
    package init(of key: RecordKey, _ state: RecordState) {
        var writer = ByteWriter(reserving: 256)
        writer.fixed(key.kind)
        writer.fixed(key.id.rawValue)
        for cell in state.cells where !cell.live.isEmpty {
            writer.varint(UInt64(cell.key.field))
            writer.varint(cell.live.count)
            for write in cell.live {
                writer.fixed(write.dot.device.rawValue)
                writer.varint(write.dot.seq)
                writer.varint(UInt64(write.rule.rawValue) << 1 | (write.removes ? 1 : 0))
                writer.value(write.value)
            }
        }
        rawValue = SHA256.hash(data: writer.bytes).prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// One fingerprint for several spaces. Those without a record do not count.
    package init(of sums: [SpaceID: Fingerprint]) {
        var writer = ByteWriter(reserving: 4 + sums.count * 32)
        writer.raw("fbf1".utf8)
        for (space, sum) in sums.sorted(by: { $0.key < $1.key }) where sum != Fingerprint() {
            writer.fixed(space.rawValue)
            writer.fixed(sum.rawValue)
        }
        rawValue = SHA256.hash(data: writer.bytes).prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }

    package static func += (sum: inout Fingerprint, part: Fingerprint) {
        sum.rawValue &+= part.rawValue
    }

    package static func -= (sum: inout Fingerprint, part: Fingerprint) {
        sum.rawValue &-= part.rawValue
    }

    package var bytes: [UInt8] { RecordID(rawValue: rawValue).bytes }

    package var description: String { Hex.encode(bytes) }
}
