import Foundation
import GRDB
import Replication
import Store

/// How much a member who is no organizer may store in a day: more than anybody writes, and less
/// than fills a disk, or others' laptops, before the keeper looks.
struct Quota {
    let member: MemberID
    /// The hub's clock, in milliseconds since 1970.
    let milliseconds: UInt64

    static let dayEntries = 20_000
    static let dayBytes = 32 << 20

    /// Counts what is new in a push. Throws `Problem.enoughToday(at:)` when it is too much.
    func count(_ entries: ArraySlice<CheckedEntry>, _ db: Database) throws {
        let day = Int64(milliseconds / 86_400_000)
        let bytes = entries.reduce(0) { $0 + $1.payload.count }
        try db.run(
            """
            INSERT INTO quota(member, day, entries, bytes) VALUES (?, ?, ?, ?)
            ON CONFLICT(member) DO UPDATE SET
                entries = excluded.entries + CASE WHEN day = excluded.day THEN entries ELSE 0 END,
                bytes = excluded.bytes + CASE WHEN day = excluded.day THEN bytes ELSE 0 END,
                day = excluded.day
            """, [Data(member.bytes), day, entries.count, bytes])
        let isWithin = try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT entries <= ? AND bytes <= ? FROM quota WHERE member = ?"),
            arguments: [Self.dayEntries, Self.dayBytes, Data(member.bytes)])
        guard isWithin ?? true else { throw Problem.enoughToday(at: milliseconds) }
    }
}
