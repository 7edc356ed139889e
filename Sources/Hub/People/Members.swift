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
            db.cachedStatement(sql: "SELECT name, person FROM member WHERE id = ?"),
            arguments: [Data(id.bytes)]
        ).map { row in
            HubMember(id: id, name: try row.value(0), person: try row.record(1))
        }
    }

    func add(at milliseconds: UInt64, _ db: Database) throws {
        try db.run(
            "INSERT INTO member(id, name, person, added) VALUES (?, ?, ?, ?)",
            [
                Data(id.bytes), name, person.map { Data($0.bytes) }, Int64(milliseconds),
            ])
    }
}

extension Row {
    /// A record's id in a column; nil where there is none. Throws `UnreadableRow` for what is no id.
    func record(_ index: Int) throws -> RecordID? {
        guard let bytes = try optional(index) as Data? else { return nil }
        guard let id = RecordID(bytes: bytes) else { throw UnreadableRow() }
        return id
    }

    /// A member's id in a column.
    func member(_ index: Int) throws -> MemberID {
        guard let id = MemberID(bytes: try value(index) as Data) else { throw UnreadableRow() }
        return id
    }
}
