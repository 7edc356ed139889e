/// A device: the first 8 bytes of SHA-256 of its Ed25519 public key.
package struct DeviceID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Reads 8 bytes, most significant first; nil for any other count.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 8 else { return nil }
        rawValue = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Reads 16 hexadecimal digits.
    package init?(_ text: some StringProtocol) {
        guard let bytes = Hex.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    package static func < (a: DeviceID, b: DeviceID) -> Bool { a.rawValue < b.rawValue }

    package var bytes: [UInt8] { withUnsafeBytes(of: rawValue.bigEndian) { Array($0) } }

    package var description: String { Hex.encode(bytes) }
}

/// The position of a commit in its device's chain: dense, from 1.
package typealias Seq = UInt64

/// The name of a commit: its device and its place in that device's chain
/// (Almeida et al., "Scalable and Accurate Causality Tracking for Eventually Consistent Stores", 2014).
package struct Dot: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let device: DeviceID
    package let seq: Seq

    package init(_ device: DeviceID, _ seq: Seq) {
        self.device = device
        self.seq = seq
    }

    package static func < (a: Dot, b: Dot) -> Bool { (a.device, a.seq) < (b.device, b.seq) }

    package var description: String { "\(device):\(seq)" }
}
