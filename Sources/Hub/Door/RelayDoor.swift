import GRDB
import Notebook
import Replication
import Store

/// The door for what a peer relays. Whether its member may write a commit was decided by the hub
/// where its device is enrolled; this one decides whether it concerns what both hubs agreed to share.
struct RelayDoor {
    let hub: Hub
    let scope: PeerScope
    let signer: Signer
    let db: Database

    enum Judgement: Equatable {
        case letIn
        /// It is not known yet whether its record is shared. It is kept as a stub, and wanted again.
        case deferred
        /// It can never be accepted.
        case refused(RefusalRule)
    }

    /// The device signs for this hub's congregation: the hub has lost what it once let in.
    private var isOwn: Bool { signer.isOfHere(hub) }

    func judge(
        _ commit: Commit, bytes: Int, _ places: inout Places
    ) throws -> Judgement {
        guard commit.isWellFormed else { return .refused(.form) }
        if commit.namesWhatIsToCome { return .refused(.dots) }
        // Nobody at another hub writes in the name of a member of this one.
        if !isOwn, try HubMember.find(commit.author, db) != nil { return .refused(.author) }
        if let target = commit.target, !Door.mayLive(commit.key, in: target) {
            return .refused(.space)
        }
        let place = try places.place(of: commit.key)
        let held = place?.size ?? RecordSize()
        guard commit.erases || (held + RecordSize(of: commit, bytes: bytes)).fits(into: .relayLimit)
        else { return .refused(.full) }
        if try places.isOfErased(commit) { return .refused(.erased) }
        guard let place else { return try judgeFirst(commit, places) }
        if place.isErased { return .refused(.erased) }
        if commit.erases, try !mayErase(commit.key) { return .refused(.grant) }
        return try concerns(commit, place, &places) ? .letIn : .deferred
    }

    /// People, and what is about them, are erased wherever somebody asks for it. What a congregation has
    /// of its own, a turf or an institution, nobody else erases.
    private func mayErase(_ key: RecordKey) throws -> Bool {
        if Kinds.policy(of: key.kind)?.isAboutPeople ?? false { return true }
        let maker = try HubLog.maker(of: key, db).flatMap { try Signer.find($0, of: hub, db) }
        return maker?.congregation == signer.congregation
    }

    /// A record becomes known by the commit that puts it into a shared space, be it the one that made
    /// it or a later one.
    private func judgeFirst(_ commit: Commit, _ places: Places) throws -> Judgement {
        // That one was erased is to be remembered, also by who has never heard of it.
        if commit.erases { return .letIn }
        guard let home = commit.target, scope.spaces.contains(home) else { return .deferred }
        let isIntroduction =
            commit.key.kind == Member.kind.number && commit.key.id == commit.author
        return try !isIntroduction && places.isTaken(commit.key) ? .refused(.id) : .letIn
    }

    /// Whether a commit is about what both hubs share, as far as this one knows by now: another one
    /// may have more to say of where the record lived.
    private func concerns(
        _ commit: Commit, _ place: Places.Place, _ places: inout Places
    ) throws -> Bool {
        guard try isShared(commit.key, at: place, in: scope.spaces, places) else {
            guard let target = commit.target, scope.spaces.contains(target) else { return false }
            // It was made there, and what took it away came first.
            if commit.makesRecord, isOwn || place.hasLeft(commit.dot) { return true }
            return try isOffered(commit.dot) {
                try isShared(commit.key, at: place, in: $0, places)
            }
        }
        guard let target = commit.target, !isOwn, !scope.spaces.contains(target),
            try places.isTurfHere(target)
        else { return true }
        // Into what this hub has for itself nobody else brings anything.
        return try isOffered(commit.dot) { $0.contains(target) }
    }

    /// Whether a record lives, or has lived, in one of the spaces.
    private func isShared(
        _ key: RecordKey, at place: Places.Place, in spaces: Set<SpaceID>, _ places: Places
    ) throws -> Bool {
        try spaces.contains(place.space) || places.hasLived(key, in: spaces)
    }

    /// Whether a peer with whom other spaces are shared has offered a commit, which had to wait. Who
    /// shares with one where a record lives, and with another where it goes, needs the word of both:
    /// neither may take something out of the other's space, or bring it there, alone.
    private func isOffered(
        _ dot: Dot, where isShared: (Set<SpaceID>) throws -> Bool
    ) throws -> Bool {
        try Peer.all(db).contains { peer in
            guard try isShared(peer.spaces) else { return false }
            return try Quarantine.all(of: peer.id, db).contains {
                $0.device == dot.device && $0.reason == .unknownRecord && $0.seqs.contains(dot.seq)
            }
        }
    }
}
