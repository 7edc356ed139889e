import GRDB
package import Replication
import Store

/// One side of what two hubs say to each other. Who asks and who answers do the same: hear what the
/// other says, and say what follows from it.
package struct PeerExchange {
    private let hub: Hub
    private let id: DeviceID

    package init(hub: Hub, peer: DeviceID) {
        self.hub = hub
        id = peer
    }

    /// What has been heard, as far as it matters for the next word.
    struct Heard {
        /// What this hub wants of the peer's offer.
        fileprivate(set) var wanted: [PeerMessage.Runs] = []
        /// What the peer wants of this hub's.
        fileprivate(set) var asked: [PeerMessage.Runs] = []
        fileprivate var taken: Replication.Cursor?
        fileprivate var spaces: Set<SpaceID> = []
        /// Commits that came.
        fileprivate(set) var received = 0
        /// It offers nothing, and has more to offer: its log is long, and little of it is shared.
        fileprivate(set) var isEmpty = false
        fileprivate var isMore = false

        /// Whether this, as the answer to a word, leaves nothing to say.
        func isEven(with word: PeerMessage) -> Bool {
            wanted.isEmpty && asked.isEmpty && !isMore && !word.more && taken == word.offered
        }
    }

    /// What changes as an exchange goes on.
    struct Progress: Equatable {
        let end: UInt64
        let taken: Replication.Cursor?
        let given: Replication.Cursor?
    }

    func progress() throws -> Progress {
        try hub.read { db in
            let peer = try peer(db)
            return Progress(end: try HubLog.end(db).seq, taken: peer.taken, given: peer.given)
        }
    }

    /// The answer to a peer that has proven who it is. Throws a `Problem`.
    package func answer(_ message: PeerMessage) throws -> PeerMessage {
        try say(after: hear(message, of: nil))
    }

    private func peer(_ db: Database) throws -> Peer {
        guard let peer = try Peer.find(id, db) else { throw Problem.signature }
        return peer
    }

    /// Stores what the peer relays, and how far its log has been taken. `wanted` is what it was asked
    /// for in this exchange, where that is known.
    func hear(_ message: PeerMessage, of wanted: [PeerMessage.Runs]?) throws -> Heard {
        try Restoration.notice(message.taken, by: hub)
        let relay = message.relay.map(CheckedRelay.init)
        if relay != nil, hub.gauge.isLow(at: hub.folder.path) { throw Problem.full }
        let proven = try relay.map { relay in
            try hub.read { db in
                try RelayAdmission(hub: hub, scope: PeerScope(spaces: []), db: db).prove(relay)
            }
        }
        defer { hub.scrub(after: relay?.entries.values.flatMap(\.self) ?? []) }
        return try hub.write { db in
            let peer = try peer(db)
            let before = try HubLog.end(db)
            var heard = Heard()
            if let relay, let proven {
                let scope = PeerScope(spaces: peer.spaces.intersection(message.spaces))
                var admission = RelayAdmission(hub: hub, scope: scope, db: db)
                let outcome = try admission.admit(relay, proven)
                try Wanting(hub: hub, peer: peer, db: db)
                    .note(outcome, of: wanted ?? relay.wanted)
                try outcome.deeds.add(to: id, db)
            }
            heard.wanted = try Wanting(hub: hub, peer: peer, db: db)
                .wanted(of: message.offer, isGiven: relay.map { !$0.order.isEmpty } ?? true)
            // An offer that begins later than where this hub stands leaves something out.
            let isNext = message.since == nil || message.since == peer.taken
            if heard.wanted.isEmpty, isNext, peer.taken != message.offered {
                try peer.took(message.offered, db)
            }
            if let taken = message.taken, taken != peer.given { try peer.has(taken, db) }
            // Nothing is left to say.
            if heard.wanted.isEmpty, message.wanted.isEmpty, !message.more {
                try peer.met(at: hub.milliseconds, db)
            }
            heard.asked = message.wanted
            heard.taken = message.taken
            heard.spaces = message.spaces
            heard.isMore = message.more
            heard.isEmpty = message.offer.isEmpty && message.more
            heard.received = Int(try HubLog.end(db).seq - before.seq)
            return heard
        }
    }

    /// What follows from what was heard; at the beginning, from what the peer last said.
    func say(after heard: Heard?) throws -> PeerMessage {
        try hub.read { db in
            let peer = try peer(db)
            let spaces = heard.map { peer.spaces.intersection($0.spaces) } ?? peer.spaces
            let scope = PeerScope(spaces: spaces)
            let presented = heard == nil ? peer.given : heard?.taken
            let standing = try Standing(presented, of: hub, db)
            let cursor = standing.cursor.covering(.spaces(spaces))
            let offer = try Offering(
                scope: scope, cursor: cursor, milliseconds: hub.milliseconds, db: db
            ).page()
            return PeerMessage(
                spaces: peer.spaces, taken: peer.taken,
                since: standing.isKnown ? presented : nil,
                offered: try cursor.advanced(to: offer.end).sealed(by: hub, db),
                offer: offer.runs, more: offer.more, wanted: heard?.wanted ?? [],
                relay: try Relaying(hub: hub, scope: scope, db: db).relay(heard?.asked ?? []))
        }
    }
}

extension CheckedRelay {
    /// The commits that it brings, as somebody may have wanted them.
    fileprivate var wanted: [PeerMessage.Runs] {
        entries.map { device, entries in
            PeerMessage.Runs(
                device: device, seqs: SeqRuns(entries.filter { $0.commit != nil }.map(\.dot.seq)))
        }
    }
}
