import Notebook
import Replication
import Store
import Sync
import Synchronization

@testable import Hub

/// Congregations whose hubs exchange with each other.
struct Neighbors: Sendable {
    let parishes: [Parish]

    subscript(index: Int) -> Parish { parishes[index] }

    /// Runs a test with so many congregations that know nothing of each other yet.
    static func open(_ count: Int, _ body: (Neighbors) async throws -> Void) async throws {
        try await open(count, [], body)
    }

    private static func open(
        _ count: Int, _ opened: [Parish], _ body: (Neighbors) async throws -> Void
    ) async throws {
        guard opened.count < count else { return try await body(Neighbors(parishes: opened)) }
        try await Parish.open(named: "Parish \(opened.count)", isSecond: !opened.isEmpty) {
            try await open(count, opened + [$0], body)
        }
    }

    /// Both keepers add the other's hub.
    func agree(
        _ a: Int, _ b: Int, on spaces: Set<SpaceID> = [Space.commons]
    ) async throws {
        for (one, other) in [(self[a], self[b]), (self[b], self[a])] {
            let link = PeerLink(
                url: await other.server.url, hubKey: other.hub.identity.publicKey)
            _ = try one.hub.addPeer(
                link, name: other.hub.settings.congregationName, spaces: spaces)
        }
    }

    /// One hub after another meets its peers over their sockets.
    @discardableResult
    func night(_ hubs: Int...) async throws -> [Federation.Outcome] {
        var outcomes: [Federation.Outcome] = []
        for index in hubs.isEmpty ? Array(parishes.indices) : hubs {
            outcomes += try await Federation(hub: self[index].hub).meetAll()
            try await self[index].hub.catchUp()
        }
        return outcomes
    }

    /// The sums of what every hub holds in a space.
    func fingerprints(of space: SpaceID) async throws -> [Fingerprint?] {
        var sums: [Fingerprint?] = []
        for parish in parishes {
            try await parish.hub.catchUp()
            sums.append(try parish.hub.own.store.read { try FingerprintTable.all($0)[space] })
        }
        return sums
    }

    /// What is wrong at any hub.
    func problems() throws -> [String] {
        try parishes.flatMap { parish in
            let found = try parish.hub.verify()
            let quarantines = try parish.hub.peers().flatMap(\.quarantines).map(\.sentence)
            return (found.log + found.notebook.problems + quarantines).map { "\($0)" }
        }
    }
}

/// What one hub says to another within the process, as bytes that a test can look at or spoil.
final class Line: PeerTransport {
    private let hub: Hub
    private let own: DeviceID
    private let words = Mutex<[[UInt8]]>([])
    private let spoil: @Sendable (Int, inout PeerMessage) throws -> Void

    init(
        from own: Hub, to hub: Hub,
        spoiling spoil: @escaping @Sendable (Int, inout PeerMessage) throws -> Void = { _, _ in }
    ) {
        self.hub = hub
        self.own = own.identity.device
        self.spoil = spoil
    }

    /// Every word in either direction.
    var said: [[UInt8]] { words.withLock { $0 } }

    func say(_ message: PeerMessage, nonce: String) async throws -> PeerSaid {
        let question = try carry(message)
        let answer: PeerMessage
        do {
            answer = try PeerExchange(hub: hub, peer: own).answer(question)
        } catch let problem as Problem {
            throw problem == .signature
                ? SyncError.notKnown : .refused(rule: problem.rule, detail: problem.detail)
        }
        return PeerSaid(
            message: try carry(answer), nextNonce: "", traffic: Traffic(roundTrips: 1))
    }

    /// The message as the other side reads it.
    private func carry(_ message: PeerMessage) throws -> PeerMessage {
        var message = message
        let number = words.withLock(\.count)
        try spoil(number, &message)
        let bytes = try message.encoded()
        words.withLock { $0.append(bytes) }
        return try PeerMessage(decoding: bytes)
    }

    func close() async {}
}

extension Parish {
    /// Meets another hub over a line of the test's.
    @discardableResult
    func meet(_ other: Parish, over line: Line? = nil) async throws -> Federation.Outcome? {
        let line = line ?? Line(from: hub, to: other.hub)
        let id = other.hub.identity.device
        let outcomes = try await Federation(hub: hub) { $0.id == id ? line : nil }.meetAll()
        try await hub.catchUp()
        try await other.hub.catchUp()
        return outcomes.first
    }
}
