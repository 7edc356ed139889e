import GRDB
import Replication

/// What an erased record leaves behind in a notebook: that it was erased, and the places of this
/// device's commits on it in its chain.
extension Transaction {
    /// Takes an erased record out of the search index, and of the logs of this device's former keys.
    func scrub(_ key: RecordKey, _ rowID: Int64?) throws {
        hasErased = true
        mustScrub = true
        guard let rowID else { return }
        try unindex(rowID)
        try db.execute(sql: "DELETE FROM unindexed WHERE record = ?", arguments: [rowID])
        try OwnLog.eraseFormer(key, db)
    }

    func unindex(_ rowID: Int64) throws {
        if try SearchIndex(schema: schema, db: db).remove(rowID) { mustScrubIndex = true }
    }

    /// Own commits on erased records become stubs once the hub has them: until then an erasure of
    /// one's own may be refused, and what others erased, the hub refuses and says so. Without a hub
    /// nobody refuses anything.
    func eraseOwnCommits() throws {
        let old = oldMeta.acknowledged.seq
        guard hasErased || meta.acknowledged.seq > old else { return }
        let last = meta.cursor == nil ? meta.head.seq : meta.acknowledged.seq
        if try OwnLog.erase(after: hasErased ? 0 : old, upTo: last, device, db) { mustScrub = true }
    }
}
