import GRDB
package import Replication

extension Transaction {
    /// Takes everything away but what this device wrote and never sent: that goes on under another
    /// key, in case its member is asked back.
    ///
    /// What the hub has acknowledged is there; a laptop that was lost must not hold it.
    package func wipe(as successor: DeviceID) throws {
        _ = try reissue(after: meta.acknowledged.seq, refused: [], as: successor)
        try forgetRecords()
        let tables = [
            "record", "history", "fingerprint", "unindexed", "wanted", "refusal", "formerLog",
            "formerSecret",
        ]
        for table in tables { try db.execute(sql: "DELETE FROM \(table)") }
        try ProjectionVersion(schema, db).rebuild(self)
        try endSnapshot()
        // Its index would keep words of what is deleted.
        try db.execute(sql: "DROP TABLE search; \(DatabaseFile.Format.searchTable)")
        if let cursor = meta.cursor {
            meta.cursor = Replication.Cursor(hub: cursor.hub, epoch: cursor.epoch)
        }
        try OwnLog.forEach(of: successor, from: 1, db) { row in
            try merge(row.commit)
            // What else there is of the record, where it lives included, was known here once.
            try Wanted.insert(row.commit.key, db)
            return true
        }
    }
}
