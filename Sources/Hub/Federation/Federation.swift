import GRDB
import Replication
package import Sync
package import Wording

/// Meets every hub that this one knows, one after another.
package struct Federation {
    let hub: Hub
    let connect: @Sendable (Peer) -> (any PeerTransport)?

    /// `connect` returns nil for a peer that comes by itself.
    package init(hub: Hub, connect: @escaping @Sendable (Peer) -> (any PeerTransport)?) {
        self.hub = hub
        self.connect = connect
    }

    /// Over HTTP, to the address that each peer has.
    package init(hub: Hub) {
        let identity = hub.identity
        self.init(hub: hub) { peer in
            peer.url.map { HTTPTransport(url: $0, hubKey: peer.publicKey, key: identity) }
        }
    }

    /// What came of meeting a peer.
    package struct Outcome: Sendable {
        package let peer: Peer
        /// Entries that came into the log.
        package internal(set) var received = 0
        package internal(set) var traffic = Traffic()
        /// Nil after a good meeting.
        package internal(set) var problem: Phrase?
    }

    /// One night's time for one peer, 10 minutes: what is left goes on in the next.
    static let patienceMilliseconds: UInt64 = 600_000
    /// Rounds that may bring nothing before an exchange is ended.
    private static let idleRounds = 3
    /// Rounds in which it may only say that there is more: a million entries that are not shared.
    private static let emptyRounds = 50

    /// Meets them all. Those that are busy get another turn after the others.
    package func meetAll() async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        var busy: [Peer] = []
        for peer in try turns() {
            guard let outcome = try await meet(peer, isLastTurn: false) else {
                busy.append(peer)
                continue
            }
            outcomes.append(outcome)
        }
        for peer in busy {
            if let outcome = try await meet(peer, isLastTurn: true) { outcomes.append(outcome) }
        }
        return outcomes
    }

    /// The peers, beginning with another one at every hub, so that not all call the same one first.
    func turns() throws -> [Peer] {
        let own = hub.identity.device
        let peers = try hub.read { try Peer.all($0) }.sorted { $0.id < $1.id }
        return peers.filter { $0.id > own } + peers.filter { $0.id < own }
    }

    /// Nil for a peer that comes by itself, and for a busy one that gets another turn.
    private func meet(_ peer: Peer, isLastTurn: Bool) async throws -> Outcome? {
        guard let transport = connect(peer) else { return nil }
        var outcome = Outcome(peer: peer)
        do {
            try await exchange(with: peer, over: transport, &outcome)
            await transport.close()
        } catch SyncError.busy where !isLastTurn {
            await transport.close()
            return nil
        } catch let error as SyncError {
            await transport.close()
            outcome.problem = error.sentence(of: peer)
        } catch let error where Self.isOfPeer(error) {
            await transport.close()
            outcome.problem =
                "What it says is not understood (\(String(describing: type(of: error))))."
        } catch {
            await transport.close()
            throw error
        }
        let problem = outcome.problem
        try hub.write { try peer.met(at: hub.milliseconds, problem: problem, $0) }
        return outcome
    }

    /// Whether an error is about what the peer says, not about this hub's own files.
    private static func isOfPeer(_ error: any Error) -> Bool {
        error is WireError || error is Problem
    }

    private func exchange(
        with peer: Peer, over transport: any PeerTransport, _ outcome: inout Outcome
    ) async throws {
        let side = PeerExchange(hub: hub, peer: peer.id)
        let start = hub.milliseconds
        var heard: PeerExchange.Heard?
        var nonce = ""
        var (idle, empty) = (0, 0)
        var last: PeerExchange.Progress?
        while true {
            let word = try side.say(after: heard)
            let said = try await transport.say(word, nonce: nonce)
            nonce = said.nextNonce
            outcome.traffic += said.traffic
            let next = try side.hear(said.message, of: word.wanted)
            outcome.received += next.received
            empty += next.isEmpty ? 1 : 0
            if next.isEven(with: word) { return }
            let progress = try side.progress()
            idle = progress == last ? idle + 1 : 0
            guard idle < Self.idleRounds else { throw SyncError.stuck }
            guard empty < Self.emptyRounds,
                hub.milliseconds < start + Self.patienceMilliseconds
            else {
                outcome.problem = "There is more than one night takes. It goes on the next night."
                return
            }
            last = progress
            heard = next
        }
    }
}

extension SyncError {
    /// Why a peer could not be met, for the hub's keeper.
    fileprivate func sentence(of peer: Peer) -> Phrase {
        switch self {
        case .notKnown:
            """
            It does not know this hub. Ask its keeper to add this one with \
            "fieldbook-hub peer add".
            """
        case .unreachable(let url, let reason), .cut(let url, let reason):
            "Nobody answers at \(url) (\(reason)). It is tried again the next night."
        case .busy: "It is busy. It is tried again the next night."
        case .wrongHubKey(let url):
            """
            At \(url) answers another hub than the one that was added. Nothing was exchanged. Ask \
            its keeper for its link, and add it with "fieldbook-hub peer add".
            """
        case .stuck: "The exchange made no progress and was ended. It is tried again next time."
        default: explanation
        }
    }
}
