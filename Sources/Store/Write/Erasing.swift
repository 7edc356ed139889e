import GRDB
package import Replication

/// What an erased record leaves behind in a notebook: that it was erased, and the places of this
/// device's commits on it in its chain.
extension Transaction {
    /// Takes an erased record out of the logs of this device's former keys, and out of the search index
    /// if it was here. One that was not may be in the logs all the same: an edit of it that was refused.
    func scrub(_ key: RecordKey, wasAt rowID: Int64?) throws {
        knowsOfErased = true
        if try OwnLog.eraseFormer(key, db) || rowID != nil {
            hasErased = true
            mustScrub = true
        }
        guard let rowID else { return }
        try unindex(rowID)
        try db.run("DELETE FROM unindexed WHERE record = ?", [rowID])
    }

    func unindex(_ rowID: Int64) throws {
        if try SearchIndex(schema: schema, db: db).remove(rowID) { mustScrubIndex = true }
    }

    /// Own commits on erased records become stubs once the hub has them: what others erased, the hub
    /// refuses until then and says so. An erasure of one's own may be refused, too, and counts once the
    /// hub has taken it. Without a hub nobody refuses anything.
    func eraseOwnCommits() throws {
        let old = oldMeta.acknowledged.seq
        guard knowsOfErased || meta.acknowledged.seq > old else { return }
        let last = meta.cursor == nil ? meta.head.seq : meta.acknowledged.seq
        let commits = try OwnLog.commitsOnErased(upTo: last, device, db)
        for commit in commits where try !commit.erases && isErasedForGood(commit.key, last) {
            try OwnLog.erase(commit.dot.seq, db)
            hasErased = true
            mustScrub = true
        }
    }

    /// Whether somebody else has erased a record, or this device has and the hub took it.
    private func isErasedForGood(_ key: RecordKey, _ last: Seq) throws -> Bool {
        let erasures = try state(of: key)[CommonField.erased]?.live ?? []
        return try erasures.contains { write in
            guard write.dot.device == device else { return true }
            return try write.dot.seq <= last && !OwnLog.isRefused(write.dot, db)
        }
    }

    /// What was refused by whatever rule will never be anybody's. Its words go when whom it is about,
    /// by its `subjects`, was erased; and with them all that was refused of a record that is here no
    /// more.
    package func eraseRefused(about subjects: (Commit) -> [RecordKey]) throws {
        guard try read({ try Records.hasErased($0) }) else { return }
        let last = meta.acknowledged.seq
        for (key, refused) in Dictionary(grouping: try refusedCommits.all(), by: \.commit.key) {
            let naming = try refused.filter { one in
                try one.commit.writes.isEmpty
                    || subjects(one.commit).contains { try isErasedForGood($0, last) }
            }
            guard !naming.isEmpty else { continue }
            let isHere = try !state(of: key).cells.isEmpty
            let lost = isHere ? naming.filter(\.isSettled) : refused
            guard lost.contains(where: { !$0.commit.writes.isEmpty }) else { continue }
            for one in lost { try refusedCommits.erase(one) }
            try refusedCommits.settle(lost)
            hasErased = true
            mustScrub = true
        }
    }

    /// After a commit was refused because of what was erased: nothing that was written here of its
    /// record will ever be anybody's.
    func eraseRefused(_ key: RecordKey) throws {
        for commit in try OwnLog.commits(of: device, on: key, after: 0, db)
        where !commit.erases && commit.dot.seq <= meta.acknowledged.seq {
            try OwnLog.erase(commit.dot.seq, db)
        }
        _ = try OwnLog.eraseFormer(key, db)
        hasErased = true
        mustScrub = true
    }
}
