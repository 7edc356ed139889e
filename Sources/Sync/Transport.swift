package import Replication

/// How a request gets to a hub: over HTTP, or within one process.
package protocol Transport: Sendable {
    /// Sends one request and waits for its answer. Throws `SyncError`.
    ///
    /// `nonce` is the one that the hub gave with its last answer.
    func exchange(_ request: SyncRequest, nonce: String) async throws -> Exchanged

    /// Fetches a block of the hub's snapshot, from a byte of it on: as much of it as comes before the
    /// line breaks, at least one byte. Throws `SyncError`, and `.refused("block", …)` when the hub
    /// has none of that name for this device.
    func fetch(
        _ block: Snapshot.Block, from offset: Int, nonce: String
    ) async throws -> FetchedBytes

    /// Enrols a device. The answer's nonce is good for its first exchange. Throws `SyncError`.
    func enrol(_ request: EnrolRequest) async throws -> (EnrolAnswer, nonce: String)

    /// Ends the connections. Nothing may be sent afterwards.
    func close() async
}

extension Transport {
    /// Runs `body` and ends the connections, whatever comes of it.
    func closing<Result>(
        _ body: (any Transport) async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await body(self)
            await close()
            return result
        } catch {
            await close()
            throw error
        }
    }
}

/// An answer with what the transport knows of its way.
package struct Exchanged: Sendable {
    package let answer: SyncAnswer
    package let nextNonce: String
    package let traffic: Traffic

    package init(answer: SyncAnswer, nextNonce: String, traffic: Traffic) {
        self.answer = answer
        self.nextNonce = nextNonce
        self.traffic = traffic
    }
}

/// What came of a block.
package struct FetchedBytes: Sendable {
    /// The first of these bytes is the block's byte `offset`.
    package let bytes: [UInt8]
    package let offset: Int
    package let nextNonce: String
    package let traffic: Traffic

    package init(bytes: [UInt8], offset: Int, nextNonce: String, traffic: Traffic) {
        self.bytes = bytes
        self.offset = offset
        self.nextNonce = nextNonce
        self.traffic = traffic
    }
}

/// What went over the network: bodies and header fields, in bytes.
package struct Traffic: Sendable, Equatable {
    package var roundTrips = 0
    package var bytesSent = 0
    package var bytesReceived = 0

    package init(roundTrips: Int = 0, bytesSent: Int = 0, bytesReceived: Int = 0) {
        self.roundTrips = roundTrips
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
    }

    package static func += (sum: inout Traffic, part: Traffic) {
        sum.roundTrips += part.roundTrips
        sum.bytesSent += part.bytesSent
        sum.bytesReceived += part.bytesReceived
    }
}
