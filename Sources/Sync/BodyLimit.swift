import Replication

/// How large a body may be, in bytes.
package struct BodyLimit: Sendable {
    /// As it travels.
    package let bytes: Int
    /// After inflating.
    package let inflatedBytes: Int

    package init(bytes: Int, inflatedBytes: Int) {
        self.bytes = bytes
        self.inflatedBytes = inflatedBytes
    }

    /// Between a device and its hub.
    package static let ofDevices = BodyLimit(
        bytes: Limits.bodyBytes, inflatedBytes: Limits.inflatedBytes)
    /// Between two hubs.
    package static let ofPeers = BodyLimit(
        bytes: Limits.peerBodyBytes, inflatedBytes: Limits.peerInflatedBytes)
}
