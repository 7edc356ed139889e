import GRDB
import Notebook
import Replication
import Store
import Wording

/// What came through a peer to what was here, since a night's report last told of it: nobody here
/// decided it.
package struct PeerDeeds: Sendable, Hashable {
    /// Records that were erased for good.
    package internal(set) var erased = 0
    /// Records that were deleted; they can be restored.
    package internal(set) var deleted = 0
    /// Records that went where nobody here reads them.
    package internal(set) var taken = 0
    /// Turfs that got another name.
    package internal(set) var renamed = 0

    package var areNone: Bool { self == PeerDeeds() }

    /// "2 records were erased for good and 1 turf got another name".
    var sentence: Phrase {
        let deeds: [(Int, Phrase, Phrase)] = [
            (erased, "record was erased for good", "records were erased for good"),
            (deleted, "record was deleted", "records were deleted"),
            (
                taken, "record went where nobody here reads it",
                "records went where nobody here reads them"
            ),
            (renamed, "turf got another name", "turfs got another name"),
        ]
        return deeds.filter { $0.0 > 0 }.map { Count.of($0.0, $0.1, $0.2) }.listed("and")
    }

    /// Notes a commit of another congregation that was let in, on a record that was at a place before
    /// and is at one now.
    mutating func note(
        _ commit: Commit, from before: Places.Place, to after: Places.Place?, _ places: inout Places
    ) throws {
        let isRenamed =
            commit.key.kind == Turf.kind.number
            && commit.writes.contains { $0.field == Turf.name.number }
        if isRenamed { renamed += 1 }
        guard !commit.erases else {
            erased += 1
            return
        }
        if commit.writes.contains(where: { $0.field == CommonField.life && $0.value == .deleted }) {
            deleted += 1
        }
        guard let after, try places.isForeign(after), try !places.isForeign(before) else { return }
        taken += 1
    }
}

extension PeerDeeds {
    /// Adds them to what a peer did.
    func add(to peer: DeviceID, _ db: Database) throws {
        guard !areNone else { return }
        try db.run(
            """
            UPDATE peer SET erasedHere = erasedHere + ?, deletedHere = deletedHere + ?,
                takenAway = takenAway + ?, renamedHere = renamedHere + ?
            WHERE id = ?
            """, [erased, deleted, taken, renamed, peer.databaseValue])
    }

    /// What each peer did, in the order in which they were added; those that did nothing are left out.
    static func all(_ db: Database) throws -> [(peer: Peer, deeds: PeerDeeds)] {
        try Peer.all(db).compactMap { peer in
            let deeds = try of(peer.id, db)
            return deeds.areNone ? nil : (peer, deeds)
        }
    }

    private static func of(_ peer: DeviceID, _ db: Database) throws -> PeerDeeds {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT erasedHere, deletedHere, takenAway, renamedHere FROM peer WHERE id = ?"
            ), arguments: [peer.databaseValue])
        guard let row else { return PeerDeeds() }
        return PeerDeeds(
            erased: Int(try row.count(0)), deleted: Int(try row.count(1)),
            taken: Int(try row.count(2)), renamed: Int(try row.count(3)))
    }

    /// Forgets those that were told.
    func forget(of peer: DeviceID, _ db: Database) throws {
        try PeerDeeds(erased: -erased, deleted: -deleted, taken: -taken, renamed: -renamed)
            .add(to: peer, db)
    }
}
