import Notebook
package import Replication
package import Sync
package import Wording

/// What the hub's keeper does about other hubs.
extension Hub {
    /// A peer with what is quarantined of it.
    package struct PeerLine: Sendable {
        package let peer: Peer
        package let quarantines: [Quarantine]
        /// What the spaces are called here.
        package let spaceNames: [Phrase]
    }

    /// Adds a hub to exchange with, or changes what is agreed with one that is known. Throws
    /// `HubError.ownPeer` for this hub itself, `.notAURL` and `.peerNotEncrypted` for an
    /// address that it cannot be called at.
    package func addPeer(_ link: PeerLink, name: String, spaces: Set<SpaceID>) throws -> PeerLine {
        guard link.hubKey != identity.publicKey else { throw HubError.ownPeer }
        guard !spaces.contains(Space.organizers), !spaces.contains(Space.all) else {
            throw HubError.organizersOnly
        }
        let url = try link.url.map(Self.read)
        let peer = Peer(publicKey: link.hubKey, name: name, url: url, spaces: spaces)
        try writeForKeeper { try peer.save(at: milliseconds, $0) }
        return try line(of: peer.id)
    }

    /// Every peer, in the order in which they were added.
    package func peers() throws -> [PeerLine] {
        let found = try read { db in
            try Peer.all(db).map { ($0, try Quarantine.all(of: $0.id, db)) }
        }
        return try found.map { peer, quarantines in
            PeerLine(
                peer: peer, quarantines: quarantines.filter(\.isProblem),
                spaceNames: try peer.spaces.sorted().map(name(of:)))
        }
    }

    /// Ends the exchange with a peer. What came from it stays. Throws `HubError.noSuchPeer` or
    /// `.ambiguousPeer`.
    package func removePeer(_ text: String) throws -> Peer {
        let peers = try read { try Peer.all($0) }
        let key = (try? PeerLink(text))?.hubKey
        let exact = peers.filter {
            $0.publicKey == key || Folding.name($0.name) == Folding.name(text)
                || $0.url == text
        }
        let isLong = text.count >= 4
        let found =
            exact.isEmpty && isLong
            ? peers.filter { $0.id.description.hasPrefix(text.lowercased()) } : exact
        guard let peer = found.first else { throw HubError.noSuchPeer(text) }
        guard found.count == 1 else {
            throw HubError.ambiguousPeer(text, found.map { "\($0.id)  \($0.name)" })
        }
        try writeForKeeper { try Peer.remove(peer.id, $0) }
        return peer
    }

    private static func read(_ url: String) throws -> String {
        do {
            return try HubAddress.read(url).url
        } catch HubError.notEncrypted {
            throw HubError.peerNotEncrypted(url: url)
        }
    }

    private func name(of space: SpaceID) throws -> Phrase {
        if space == Space.commons { return "the commons" }
        return .verbatim(try own.title(of: space) ?? Space.name(of: space))
    }

    /// The turfs that are shared with any of these peers, in order of their ids: by these the others
    /// name them.
    package func offeredTurfs(in lines: [PeerLine]) throws -> [(id: RecordID, name: Phrase)] {
        let spaces = lines.reduce(into: Set<SpaceID>()) { $0.formUnion($1.peer.spaces) }
        return try spaces.filter { $0 != Space.commons }.sorted().map { ($0, try name(of: $0)) }
    }

    /// By which another hub's keeper adds this one.
    package func peerLink() throws -> PeerLink {
        PeerLink(url: try? address(), hubKey: identity.publicKey)
    }

    private func line(of id: DeviceID) throws -> PeerLine {
        guard let line = try peers().first(where: { $0.peer.id == id }) else {
            throw HubError.noSuchPeer(id.description)
        }
        return line
    }
}
