import GRDB
import Notebook
import Replication
import Store

/// The door for what a peer relays. Whether its member may write a commit was decided by the hub
/// where its device is enrolled; this one decides whether it concerns what both hubs agreed to share.
struct RelayDoor {
    let scope: PeerScope
    /// The device is enrolled here: this hub has lost what it once let in.
    let isOwn: Bool
    let db: Database

    enum Judgement: Equatable {
        case letIn
        /// Where its record lives is not known yet. It is kept as a stub, and wanted again.
        case deferred
        /// It can never be accepted.
        case refused(RefusalRule)
    }

    func judge(
        _ commit: Commit, bytes: Int, _ places: inout Places
    ) throws -> Judgement {
        let schema = Kinds.policy(of: commit.key.kind)?.schema
        guard commit.writes.allSatisfy({ $0.isWellFormed(in: schema) }) else {
            return .refused(.form)
        }
        // Nobody at another hub writes in the name of a member of this one.
        if !isOwn, try HubMember.find(commit.author, db) != nil { return .refused(.author) }
        guard let place = try places.place(of: commit.key) else {
            return try judgeFirst(commit, places)
        }
        if let refusal = try refusalToEdit(commit, place, &places) { return .refused(refusal) }
        let size = place.size + RecordSize(of: commit, bytes: bytes)
        return commit.erases || size.fits(into: .relayLimit) ? .letIn : .refused(.full)
    }

    /// A record becomes known by the commit that puts it into a shared space, be it the one that made
    /// it or a later one.
    private func judgeFirst(_ commit: Commit, _ places: Places) throws -> Judgement {
        // That one was erased is to be remembered, also by who has never heard of it.
        if commit.erases { return .letIn }
        guard let home = commit.target, scope.spaces.contains(home) else { return .deferred }
        guard Door.mayLive(commit.key, in: home) else { return .refused(.space) }
        let isIntroduction =
            commit.key.kind == Member.kind.number && commit.key.id == commit.author
        return try !isIntroduction && places.isTaken(commit.key) ? .refused(.id) : .letIn
    }

    private func refusalToEdit(
        _ commit: Commit, _ place: Places.Place, _ places: inout Places
    ) throws -> RefusalRule? {
        if place.isErased { return .erased }
        guard
            try scope.spaces.contains(place.space)
                || places.hasLived(commit.key, in: scope.spaces)
        else { return .grant }
        guard let target = commit.target, !isOwn else { return nil }
        guard Door.mayLive(commit.key, in: target) else { return .space }
        // Into what this hub has for itself nobody else brings anything.
        return try !scope.spaces.contains(target) && places.isTurfHere(target) ? .space : nil
    }
}
