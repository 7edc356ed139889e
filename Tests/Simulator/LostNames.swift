import Replication

/// What a hub had let in when somebody put it back from a backup and said so to it: others know these
/// commits by their dots, and nothing else may ever come under one of them.
///
/// A hub to which nobody says so learns of it late, from who has read more. What a copy of a notebook
/// sends until then is let in.
@MainActor
struct LostNames {
    private var commits: [Dot: Commit] = [:]
    /// Somebody has not said so: a dot may have two commits by now.
    private var isDoubtful = false

    /// `lost` is what the hub had let in until it was put back.
    mutating func note(_ lost: [Commit], of hub: HubNode, isSaid: Bool) throws {
        if !isSaid {
            isDoubtful = true
            commits = [:]
        }
        guard !isDoubtful else { return }
        for commit in lost { commits[commit.dot] = commit }
    }

    /// `found` is what a hub has let in at last.
    func check(_ found: [Commit], at hub: HubNode) throws {
        for commit in found {
            guard let lost = commits[commit.dot], !lost.saysTheSame(as: commit) else { continue }
            throw Broken(
                "\(hub.name) let in two commits as \(commit.dot): one of \(lost.key.id), "
                    + "which others may know, and one of \(commit.key.id).")
        }
    }
}

extension Commit {
    /// Whether both are what one device wrote once, whenever a hub saw it.
    fileprivate func saysTheSame(as other: Commit) -> Bool {
        key == other.key && transaction == other.transaction && writes == other.writes
    }
}
