import GRDB
import Replication
import Store

extension Reader {
    /// In place of the log, for who begins to read: the newest snapshot of the spaces that are new to
    /// the device, if it takes one. Nil where the log alone serves.
    func offer() throws -> Page? {
        let spaces = Set(cursor.positions.filter { $0.value == 0 }.keys)
        guard takesSnapshot, !spaces.isEmpty, let snapshot = try Snapshots.newest(db),
            // What the device wrote itself up to where it stood is among the blocks.
            snapshot.seq >= ownFrom,
            try spaces.allSatisfy({
                try Snapshots.mayRead($0, of: snapshot.seq, cursor.scope, db)
            })
        else { return nil }
        var ahead = cursor
        for space in spaces { ahead.positions[space] = snapshot.seq }
        var page = Page(at: cursor, isMore: true)
        page.snapshot = Snapshot(
            seq: snapshot.seq, cursor: ahead,
            blocks: try Snapshots.blocks(of: snapshot, in: Scope(ids: Array(spaces)), db))
        page.leave = try gone(from: spaces)
        return page
    }

    /// The records that the device can have of spaces that it has yet to read, and may no longer:
    /// the log's part that the snapshot stands for would have said so.
    private func gone(from spaces: Set<SpaceID>) throws -> [RecordKey] {
        var places = Places(db, at: milliseconds)
        // Who reads everything loses only what another congregation takes.
        guard try cursor.scope != .everything || places.knowsOtherHubs() else { return [] }
        var gone: Set<RecordKey> = []
        for space in spaces.sorted() {
            for (key, seq) in try Places.former(of: space, db) where !gone.contains(key) {
                guard try !isReadable(key, &places), try mayHold(key, leftAt: seq) else { continue }
                gone.insert(key)
            }
        }
        return gone.sorted()
    }

    /// Whether a record is in the device's scope now, or erased, as everybody hears.
    func isReadable(_ key: RecordKey, _ places: inout Places) throws -> Bool {
        guard let place = try places.place(of: key) else { return false }
        if place.isErased { return true }
        return try cursor.scope.contains(place.space) && !places.isForeign(place)
    }

    /// Whether the device can have a record from a block that it has stored, or has written about it.
    func mayHold(_ key: RecordKey, leftAt seq: UInt64) throws -> Bool {
        if held > 0, seq > held { return true }
        return try HubLog.hasCommit(of: device, on: key, db)
    }
}
