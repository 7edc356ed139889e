import GRDB
import Replication
import Store

/// What a peer may see of the log: what lives in the spaces that both hubs agree to, that a record
/// was erased, and where one has gone that it knows.
struct PeerScope {
    let spaces: Set<SpaceID>

    func shows(_ content: HubLog.Row.Content, _ places: inout Places) throws -> Bool {
        let commit = content.commit
        if commit.erases { return !spaces.isEmpty }
        guard let place = try places.place(of: commit.key) else { return false }
        if spaces.contains(place.space) { return true }
        // All hubs that knew the record hear of its moves, which say nothing else, and agree so on
        // where it lives. What was written about it here, before that was known, goes up to there.
        let isMove = commit.target != nil && commit.isAboutWhole
        guard try isMove || places.isForeign(place) else { return false }
        return try places.hasLived(commit.key, in: spaces)
    }

    /// Whether a commit brings a record into what the peer may see: it is then offered whole.
    func enters(_ content: HubLog.Row.Content, _ places: inout Places) throws -> Bool {
        guard let origin = content.origin, !spaces.contains(origin) else { return false }
        return try isShared(content.commit.key, &places)
    }

    /// Whether a commit made a record in what the peer may see that had been taken elsewhere when it came:
    /// its moves are to be told.
    func entersLate(_ content: HubLog.Row.Content) -> Bool {
        guard content.commit.makesRecord, let target = content.commit.target,
            spaces.contains(target)
        else { return false }
        return !spaces.contains(content.space)
    }

    /// Whether a record lives in one of the spaces now.
    func isShared(_ key: RecordKey, _ places: inout Places) throws -> Bool {
        try places.place(of: key).map { spaces.contains($0.space) } ?? false
    }
}
