import Foundation
import GRDB
package import Replication
import Store

/// A person enrolled with the hub.
package struct HubMember: Sendable, Hashable {
    package let id: MemberID
    package let name: String
    /// The person record that is the member, when the invitation named one.
    package let person: RecordID?

    static func find(_ id: MemberID, _ db: Database) throws -> HubMember? {
        try Row.fetchOne(
            db, sql: "SELECT name, person FROM member WHERE id = ?", arguments: [Data(id.bytes)]
        ).map { row in
            HubMember(
                id: id, name: row[0],
                person: (row[1] as Data?).flatMap { RecordID(bytes: $0) })
        }
    }

    func add(at milliseconds: UInt64, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO member(id, name, person, added) VALUES (?, ?, ?, ?)",
            arguments: [
                Data(id.bytes), name, person.map { Data($0.bytes) }, Int64(milliseconds),
            ])
    }
}
