package import Replication

/// How what one hub says gets to another: over HTTP, or within one process.
package protocol PeerTransport: Sendable {
    /// Says something and waits for the answer. Throws `SyncError`.
    ///
    /// `nonce` is the one that the other hub gave with its last answer; empty at first.
    func say(_ message: PeerMessage, nonce: String) async throws -> PeerSaid

    /// Ends the connections. Nothing may be said afterwards.
    func close() async
}

/// What a hub said, with what the transport knows of its way.
package struct PeerSaid: Sendable {
    package let message: PeerMessage
    package let nextNonce: String
    package let traffic: Traffic

    package init(message: PeerMessage, nextNonce: String, traffic: Traffic) {
        self.message = message
        self.nextNonce = nextNonce
        self.traffic = traffic
    }
}
